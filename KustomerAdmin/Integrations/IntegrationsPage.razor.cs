using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace KustomerAdmin.Integrations;

public sealed partial class IntegrationsPage : IDisposable
{
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<InstanceLine> _instances = [];
    private LoadStatus _status;
    private bool _isRefreshing;
    private bool _isOutdated;

    [Inject]
    public required InstanceList List { get; init; }

    [Inject]
    public required InstanceActions Actions { get; init; }

    [Inject]
    public required InstanceEvents Events { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<IntegrationsPage> Logger { get; init; }

    public void Dispose()
    {
        Events.Changed -= OnInstanceChanged;
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            Events.Changed += OnInstanceChanged;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            _instances = await List.ReadAsync(_leaving.Token);
            _status = LoadStatus.Ready;
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The instances could not be read");
            _status = LoadStatus.Failed;
        }
    }

    private void OnInstanceChanged(long instanceId) => _ = InvokeAsync(RefreshAsync);

    /// <summary>A running sync changes its instance many times a second; the page follows at a pace that people can read.</summary>
    private async Task RefreshAsync()
    {
        _isOutdated = true;
        if (_isRefreshing)
        {
            return;
        }

        _isRefreshing = true;
        try
        {
            while (_isOutdated && !_leaving.IsCancellationRequested)
            {
                _isOutdated = false;
                await LoadAsync();
                StateHasChanged();
                await Task.Delay(s_shortestPause, Time, _leaving.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Somebody left the page.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
        finally
        {
            _isRefreshing = false;
        }
    }

    private Task ConnectAsync() => OpenAsync("Connect Kustomer", ConnectMode.Connect, null);

    private Task FixAsync(InstanceLine instance) => OpenAsync($"Fix credentials of {instance.Name}", ConnectMode.Fix, instance);

    private Task ReconnectAsync(InstanceLine instance) => OpenAsync($"Reconnect {instance.Name}", ConnectMode.Reconnect, instance);

    private async Task OpenAsync(string title, ConnectMode mode, InstanceLine? instance) =>
        await Dialogs.OpenAsync<ConnectDialog>(
            title,
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(ConnectDialog.Mode)] = mode, [nameof(ConnectDialog.Instance)] = instance },
            new DialogOptions { Width = "min(56rem, 96vw)", CssClass = "connect-dialog", CloseDialogOnEsc = true, AutoFocusFirstElement = true });

    private Task SyncAsync(InstanceLine instance) => ActAsync(Actions.RequestSyncAsync(instance.Id, _leaving.Token), $"{instance.Name}: sync asked for.");

    private Task CancelSetupAsync(InstanceLine instance) => ActAsync(Actions.CancelSetupAsync(instance.Id, _leaving.Token), $"{instance.Name} was removed.");

    private Task DisconnectAsync(InstanceLine instance) => ActAsync(Actions.DisconnectAsync(instance.Id, _leaving.Token), $"{instance.Name} is disconnected. Its tickets stay.");

    private async Task ActAsync(Task<string?> action, string done)
    {
        var refusal = await action;
        Notifications.Notify(refusal is null ? NotificationSeverity.Success : NotificationSeverity.Warning, refusal ?? done);
        await LoadAsync();
    }
}

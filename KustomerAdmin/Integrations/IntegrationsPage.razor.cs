using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace KustomerAdmin.Integrations;

public sealed partial class IntegrationsPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private IReadOnlyList<InstanceLine> _instances = [];
    private LoadStatus _status;
    private PacedRefresh? _refresh;
    private bool _isDialogOpen;

    [Inject]
    public required InstanceList List { get; init; }

    [Inject]
    public required InstanceActions Actions { get; init; }

    [Inject]
    public required KeyReplacement Keys { get; init; }

    [Inject]
    public required FirstSync FirstSync { get; init; }

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
        _refresh?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            _refresh = new PacedRefresh(InvokeAsync, RefreshAsync, DispatchExceptionAsync, Time);
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

    private void OnInstanceChanged(long instanceId) => _refresh?.Ask();

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private Task ConnectAsync() => OpenAsync("Connect Kustomer", ConnectMode.Connect, null);

    private Task FixAsync(InstanceLine instance) => OpenAsync($"Fix credentials of {instance.Name}", ConnectMode.Fix, instance);

    private Task ReconnectAsync(InstanceLine instance) => OpenAsync($"Reconnect {instance.Name}", ConnectMode.Reconnect, instance);

    private async Task OpenAsync(string title, ConnectMode mode, InstanceLine? instance)
    {
        // A double click opens one dialog.
        if (_isDialogOpen)
        {
            return;
        }

        _isDialogOpen = true;
        try
        {
            await OpenDialogAsync(title, mode, instance);
        }
        finally
        {
            _isDialogOpen = false;
        }
    }

    private async Task OpenDialogAsync(string title, ConnectMode mode, InstanceLine? instance)
    {
        if (await ConnectDialog.OpenAsync(Dialogs, title, mode, instance) is { } id)
        {
            // Closed without the second step: it starts as it stood there at first.
            await ActAsync(FirstSync.StartAsync(id, FirstSyncChoice.Default, _leaving.Token), "Connected. The first sync has started.");
        }
    }

    private async Task SettingsAsync(InstanceLine instance) =>
        await Dialogs.OpenAsync<SettingsDialog>(
            $"Settings of {instance.Name}",
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(SettingsDialog.InstanceId)] = instance.Id },
            new DialogOptions { Width = "min(34rem, 96vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true });

    private Task OpenTaskAsync((InstanceLine Instance, InstanceTask Task) asked) => asked.Task switch
    {
        InstanceTask.Check => OpenAsync<CheckDialog>($"Connection of {asked.Instance.Name}", asked.Instance),
        InstanceTask.ReplaceKey => OpenAsync<ReplaceKeyDialog>($"Replace the key of {asked.Instance.Name}", asked.Instance),
        InstanceTask.Rename => OpenAsync<RenameDialog>($"Rename {asked.Instance.Name}", asked.Instance),
        InstanceTask.Delete => OpenAsync<DeleteDialog>($"Delete {asked.Instance.Name}", asked.Instance),
        InstanceTask.ForgetOldKey => ActAsync(Keys.ForgetOldKeyAsync(asked.Instance.Id, _leaving.Token), "The reminder is gone."),
    };

    private async Task OpenAsync<TDialog>(string title, InstanceLine instance)
        where TDialog : ComponentBase =>
        await Dialogs.OpenAsync<TDialog>(
            title,
            new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(CheckDialog.Instance)] = instance },
            new DialogOptions { Width = "min(40rem, 96vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true });

    private Task PauseAsync(InstanceLine instance) => ActAsync(Actions.PauseAsync(instance.Id, _leaving.Token), $"{instance.Name} is paused.");

    private Task ResumeAsync(InstanceLine instance) => ActAsync(Actions.ResumeAsync(instance.Id, _leaving.Token), $"{instance.Name} goes on.");

    private Task CancelRunAsync(InstanceLine instance) => ActAsync(Actions.CancelRunAsync(instance.Id, _leaving.Token), $"{instance.Name}: the run was cancelled.");

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

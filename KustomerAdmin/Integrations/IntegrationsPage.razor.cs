using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
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

    private Task ConnectAsync() => OpenOnceAsync(() => OpenAsync("Connect Kustomer", ConnectMode.Connect, null));

    private Task FixAsync(InstanceLine instance) => OpenOnceAsync(() => OpenAsync($"Fix credentials of {instance.Name}", ConnectMode.Fix, instance));

    private Task ReconnectAsync(InstanceLine instance) => OpenOnceAsync(() => OpenAsync($"Reconnect {instance.Name}", ConnectMode.Reconnect, instance));

    /// <summary>A double click opens one dialog.</summary>
    private async Task OpenOnceAsync(Func<Task> openAsync)
    {
        if (_isDialogOpen)
        {
            return;
        }

        _isDialogOpen = true;
        try
        {
            await openAsync();
        }
        finally
        {
            _isDialogOpen = false;
        }
    }

    private async Task OpenAsync(string title, ConnectMode mode, InstanceLine? instance)
    {
        if (await ConnectDialog.OpenAsync(Dialogs, title, mode, instance) is { } connected)
        {
            await LoadAsync();
            var name = _instances.FirstOrDefault(line => line.Id == connected.InstanceId)?.Name;

            // Leaving the page closes the step, which starts the sync as closing it does.
            var choice = await FirstSyncStep.OpenAsync(Dialogs, name, connected);
            await ActAsync(choice is null ? Task.FromResult<string?>(null) : FirstSync.StartAsync(connected.InstanceId, choice, CancellationToken.None), $"{name} is connected. The first sync has started.");
        }
    }

    private Task SettingsAsync(InstanceLine instance) => OpenAsync<SettingsDialog>($"Settings of {instance.Name}", nameof(SettingsDialog.InstanceId), instance.Id);

    private Task OpenTaskAsync((InstanceLine Instance, InstanceTask Task) asked) => asked.Task switch
    {
        InstanceTask.Check => OpenAsync<CheckDialog>($"Connection of {asked.Instance.Name}", asked.Instance),
        InstanceTask.ReplaceKey => OpenAsync<ReplaceKeyDialog>($"Replace the key of {asked.Instance.Name}", asked.Instance),
        InstanceTask.Rename => OpenAsync<RenameDialog>($"Rename {asked.Instance.Name}", asked.Instance),
        InstanceTask.Delete => OpenAsync<DeleteDialog>($"Delete {asked.Instance.Name}", asked.Instance),
        InstanceTask.ForgetOldKey => ActAsync(Keys.ForgetOldKeyAsync(asked.Instance.Id, _leaving.Token), "The reminder is gone."),
    };

    private Task OpenAsync<TDialog>(string title, InstanceLine instance)
        where TDialog : ComponentBase => OpenAsync<TDialog>(title, nameof(CheckDialog.Instance), instance);

    private Task OpenAsync<TDialog>(string title, string parameter, object value)
        where TDialog : ComponentBase =>
        OpenOnceAsync(() => Dialogs.OpenAsync<TDialog>(
            title,
            new Dictionary<string, object?>(StringComparer.Ordinal) { [parameter] = value },
            new DialogOptions { Width = "min(40rem, 96vw)", CloseDialogOnEsc = true, AutoFocusFirstElement = true }));

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

using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace KustomerAdmin.Integrations;

/// <summary>Share of the rate limit, applied when the slider is let go, and start date of an instance.</summary>
public sealed partial class SettingsDialog : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private SettingsView? _settings;
    private DateTimeOffset? _from;
    private LoadStatus _status;
    private string? _said;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public long InstanceId { get; set; }

    [Inject]
    public required InstanceSettings Settings { get; init; }

    [Inject]
    public required DialogService Dialogs { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<SettingsDialog> Logger { get; init; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _settings = await Settings.ReadAsync(InstanceId, _leaving.Token);
            (_from, _status) = (_settings?.From, LoadStatus.Ready);
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The settings of instance {InstanceId} could not be read", InstanceId);
            _status = LoadStatus.Failed;
        }
    }

    private Task SetShareAsync(int percent) => ActAsync(() => Settings.SetRateShareAsync(InstanceId, percent, _leaving.Token), $"The sync now keeps to {percent} % of the limit.");

    private Task SetStartAsync() => ActAsync(() => Settings.SetStartAsync(InstanceId, _from, _leaving.Token), $"Tickets are synced {SyncStart.Words(_from)}.");

    private async Task ActAsync(Func<Task<string?>> actAsync, string done)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            _said = await actAsync() ?? done;
            var from = _from;
            await LoadAsync();
            _from = from;
        }
        catch (NotAnAdminException exception)
        {
            _said = exception.Message;
        }
        finally
        {
            _isBusy = false;
        }
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Integrations.Checking;

public sealed partial class CheckDialog : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private ConnectionReport? _report;
    private LoadStatus _status;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public required InstanceLine Instance { get; set; }

    [Inject]
    public required ConnectionRecheck Recheck { get; init; }

    [Inject]
    public required ILogger<CheckDialog> Logger { get; init; }

    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override Task OnInitializedAsync() => CheckAsync();

    private async Task CheckAsync()
    {
        _isBusy = true;
        try
        {
            _report = await Recheck.RunAsync(Instance.Id, _leaving.Token);
            _status = LoadStatus.Ready;
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The connection of instance {InstanceId} could not be checked", Instance.Id);
            _status = LoadStatus.Failed;
        }
        finally
        {
            _isBusy = false;
        }
    }
}

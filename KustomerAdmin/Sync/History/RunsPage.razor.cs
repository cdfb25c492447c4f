using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace KustomerAdmin.Sync.History;

public sealed partial class RunsPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private RunSheet _sheet = new([], 0, [], [], null);
    private LoadStatus _status;
    private PacedRefresh? _refresh;
    private int _latest;

    [Inject]
    public required RunHistory History { get; init; }

    [Inject]
    public required InstanceActions Actions { get; init; }

    [Inject]
    public required InstanceEvents Events { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required NotificationService Notifications { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<RunsPage> Logger { get; init; }

    [SupplyParameterFromQuery]
    public string? Page { get; set; }

    [SupplyParameterFromQuery(Name = "instance")]
    public string? Instance { get; set; }

    /// <summary>What an address says that is no number is all instances.</summary>
    private long? InstanceId => long.TryParse(Instance, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>What an address says that is no number is the first page.</summary>
    private int Asked => int.TryParse(Page, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? page : 1;

    private int Current => Math.Clamp(Asked, 1, LastPage);

    private int LastPage => Math.Max(1, (_sheet.Total + RunHistory.PageSize - 1) / RunHistory.PageSize);

    public void Dispose()
    {
        Events.Changed -= OnInstanceChanged;
        _refresh?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
        {
            _refresh = new PacedRefresh(InvokeAsync, RefreshAsync, DispatchExceptionAsync, Time);
            Events.Changed += OnInstanceChanged;
        }
    }

    protected override Task OnParametersSetAsync() => RendererInfo.IsInteractive ? LoadAsync() : Task.CompletedTask;

    private void OnInstanceChanged(long instanceId) => _refresh?.Ask();

    private async Task RefreshAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var mine = ++_latest;
        try
        {
            var sheet = await History.ReadAsync(InstanceId, Asked, _leaving.Token);
            if (sheet.Lines.Count == 0 && sheet.Total > 0)
            {
                sheet = await History.ReadAsync(InstanceId, (sheet.Total + RunHistory.PageSize - 1) / RunHistory.PageSize, _leaving.Token);
            }

            // A slower answer to an older question is not shown over a newer one.
            if (mine == _latest)
            {
                (_sheet, _status) = (sheet, LoadStatus.Ready);
            }
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The runs could not be read");
            _status = LoadStatus.Failed;
        }
    }

    private async Task CancelAsync(LiveRun live)
    {
        var refusal = await Actions.CancelRunAsync(live.Line.Run.InstanceId, _leaving.Token);
        Notifications.Notify(refusal is null ? NotificationSeverity.Success : NotificationSeverity.Warning, refusal ?? $"{live.Line.Instance}: the run was cancelled.");
        await LoadAsync();
    }

    private void Filter(ChangeEventArgs change) =>
        Navigation.NavigateTo(change.Value?.ToString() is { Length: > 0 } id ? $"runs?instance={id}" : "runs");

    private string AddressOf(int page) =>
        string.Create(CultureInfo.InvariantCulture, $"runs?{(InstanceId is { } id ? $"instance={id}&" : "")}page={page}");

    private static string Extra(SyncRun run) => string.Join(", ", new[]
    {
        run.Retries > 0 ? $"{Number(run.Retries)} {(run.Retries == 1 ? "retry" : "retries")}" : null,
        run.WaitedMilliseconds >= 1000 ? $"waited {TimeText.Duration(TimeSpan.FromMilliseconds(run.WaitedMilliseconds))}" : null,
    }.OfType<string>());

    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

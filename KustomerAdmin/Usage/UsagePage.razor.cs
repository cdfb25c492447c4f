using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace KustomerAdmin.Usage;

public sealed partial class UsagePage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private UsageQuery _query = new();
    private UsageSheet _sheet = UsageSheet.Empty;
    private LoadStatus _status;
    private PacedRefresh? _refresh;
    private ITimer? _timer;
    private volatile bool _hasNews;
    private int _latest;
    private int _share;

    [Inject]
    public required UsageReport Report { get; init; }

    [Inject]
    public required RequestLedger Ledger { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<UsagePage> Logger { get; init; }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Ledger.Written -= OnWritten;
        _timer?.Dispose();
        _refresh?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _query = UsageQuery.FromAddress(Navigation.Uri);
        if (RendererInfo.IsInteractive)
        {
            _refresh = new PacedRefresh(InvokeAsync, ReloadAsync, DispatchExceptionAsync, Time);
            Navigation.LocationChanged += OnLocationChanged;
            Ledger.Written += OnWritten;
            await LoadAsync();
            _timer = Time.CreateTimer(_ => AskIfNews(), null, Pace, Pace);
        }
    }

    /// <summary>Calm enough to read, and a week's half million lines are not summed up every second.</summary>
    private TimeSpan Pace => _query.Period is UsagePeriod.Hour ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(1);

    private void OnWritten() => _hasNews = true;

    private void AskIfNews()
    {
        if (_hasNews)
        {
            _refresh?.Ask();
        }
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        // Leaving the page raises it as well.
        if (new Uri(change.Location).AbsolutePath.EndsWith("/usage", StringComparison.OrdinalIgnoreCase))
        {
            _query = UsageQuery.FromAddress(change.Location);
            _timer?.Change(Pace, Pace);
            _refresh?.Ask();
        }
    }

    private async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var mine = ++_latest;
        _hasNews = false;
        try
        {
            var query = _query;
            var sheet = await Report.ReadAsync(query, _leaving.Token);

            // A slower answer to an older question is not shown over a newer one.
            if (mine == _latest)
            {
                var shown = query.InstanceId is { } id ? sheet.Instances.FirstOrDefault(instance => instance.Id == id) : sheet.Instances.Count == 1 ? sheet.Instances[0] : null;
                (_sheet, _share, _status) = (sheet, shown?.RateShare ?? 0, LoadStatus.Ready);
            }
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The API use could not be read");
            _status = LoadStatus.Failed;
        }
    }

    private void ShowInstance(ChangeEventArgs choice) =>
        Navigation.NavigateTo((_query with { InstanceId = long.TryParse(choice.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null }).ToAddress());

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.TotalSeconds < 1 ? "not at all" : time.TotalMinutes < 1 ? $"{time.TotalSeconds:N0} s" : time.TotalHours < 1 ? $"{time.TotalMinutes:N0} min" : $"{time.TotalHours:N1} h";
}

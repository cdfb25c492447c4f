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

            // The choice is marked at once, its figures come when they are there.
            _ = InvokeAsync(StateHasChanged);
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
                (_sheet, _status) = (sheet, LoadStatus.Ready);
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

    /// <summary>Said of figures that counts by day do not give.</summary>
    private string Kept => _sheet.Span.IsSingle ? "" : $", last {Count((long)_sheet.Kept.TotalDays, "day")}";

    private static RenderFragment Left(RateLine? line) => builder =>
    {
        builder.AddContent(0, line?.Lowest is { } lowest ? N(Math.Max(0, lowest)) : "–");
        if (line is not null)
        {
            builder.OpenElement(1, "small");
            builder.AddContent(2, $" of {N(line.Limit)}");
            builder.CloseElement();
        }
    };

    private static string Count(long number, string noun) => $"{N(number)} {noun}{(number == 1 ? "" : "s")}";

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.TotalSeconds < 1 ? "not at all" : time.TotalMinutes < 1 ? $"{time.TotalSeconds:N0} s" : time.TotalHours < 1 ? $"{time.TotalMinutes:N0} min" : $"{time.TotalHours:N1} h";
}

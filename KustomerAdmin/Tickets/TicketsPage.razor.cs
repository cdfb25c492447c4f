using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;
using KustomerAdmin.Integrations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace KustomerAdmin.Tickets;

public sealed partial class TicketsPage : IDisposable
{
    /// <summary>Custom fields shown while nobody has chosen any.</summary>
    private const int OwnColumns = 2;

    private readonly CancellationTokenSource _leaving = new();
    private TicketQuery _query = new();
    private TicketPageOfRows _page = new([], false);
    private TicketCount _count = new(0, false);
    private FilterNames _names = FilterNames.None;
    private IReadOnlyList<FilterField> _all = [];
    private IReadOnlyList<FieldChoice> _fields = [];
    private IReadOnlyList<string> _columns = [];
    private LoadStatus _status;
    private bool _isReloading;
    private PacedRefresh? _refresh;
    private int _latest;

    [Inject]
    public required TicketSearch Search { get; init; }

    [Inject]
    public required FilterFields FilterFields { get; init; }

    [Inject]
    public required ViewerClock Clock { get; init; }

    [Inject]
    public required FieldList FieldList { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required InstanceEvents Events { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<TicketsPage> Logger { get; init; }

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Events.Changed -= OnInstanceChanged;
        _refresh?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _query = TicketQuery.FromAddress(Navigation.Uri);
        if (RendererInfo.IsInteractive)
        {
            _refresh = new PacedRefresh(InvokeAsync, ReloadAsync, DispatchExceptionAsync, Time);
            Navigation.LocationChanged += OnLocationChanged;
            Events.Changed += OnInstanceChanged;
            await LoadAsync();
        }
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        // Leaving the list raises it as well.
        if (string.Equals(new Uri(change.Location).AbsolutePath, "/tickets", StringComparison.OrdinalIgnoreCase))
        {
            _query = TicketQuery.FromAddress(change.Location);
            _ = InvokeAsync(ReloadAsync);
        }
    }

    private void OnInstanceChanged(long instanceId)
    {
        // A list that somebody reads does not move under their eyes; an empty one fills by itself.
        if (_status is LoadStatus.Ready && _page.Rows.Count == 0)
        {
            _refresh?.Ask();
        }
    }

    private async Task ReloadAsync()
    {
        try
        {
            _isReloading = true;
            StateHasChanged();
            await LoadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // Somebody left the page.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task LoadAsync()
    {
        var mine = ++_latest;
        try
        {
            // Fields and choices grow while the first sync runs, so they are read with every page.
            var fields = await FieldList.ReadAsync(_leaving.Token);
            var all = await FilterFields.ReadAsync(_leaving.Token);
            var names = await FilterFields.ReadNamesAsync(_leaving.Token);
            var columns = _query.Columns ?? [.. fields.Where(field => field.IsCustom).Take(OwnColumns).Select(field => field.Key)];
            var viewer = new ViewerTime(Clock.Now, Clock.Zone);
            var page = await Search.ReadPageAsync(_query with { Columns = columns }, viewer, _leaving.Token);
            var count = await Search.CountAsync(_query, viewer, isExact: false, _leaving.Token);
            if (page.Rows.Count == 0 && count.Number > 0)
            {
                _query = _query with { Page = (int)((count.Number + TicketQuery.PageSize - 1) / TicketQuery.PageSize) };
                page = await Search.ReadPageAsync(_query with { Columns = columns }, viewer, _leaving.Token);
            }

            // A slower answer to an older question is not shown over a newer one.
            if (mine == _latest)
            {
                (_fields, _all, _names, _columns, _page, _count, _status, _isReloading) = (fields, all, names, columns, page, count, LoadStatus.Ready, false);
            }
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "The tickets could not be read");
            (_status, _isReloading) = (LoadStatus.Failed, false);
        }
    }

    private void Show(TicketQuery query) => Navigation.NavigateTo(query.ToAddress());

    private FilterField FieldOf(string key) => _all.FirstOrDefault(field => string.Equals(field.Key, key, StringComparison.Ordinal)) ?? _all[0];

    /// <summary>On a phone, where a row is a card, a line without a value is left out.</summary>
    private static string? EmptyIf(bool isEmpty) => isEmpty ? "cell-empty" : null;

    private string ColumnName(string key) => _fields.FirstOrDefault(field => string.Equals(field.Key, key, StringComparison.Ordinal))?.DisplayName ?? key;
}

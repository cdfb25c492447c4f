using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Filters;
using KustomerAdmin.Integrations;
using KustomerAdmin.Tickets.Saved;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace KustomerAdmin.Tickets.Listing;

/// <summary>The ticket list. What it shows is in its address; this half reads it.</summary>
public sealed partial class TicketsPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource _current = new();
    private TicketQuery _query = new();
    private TicketPageOfRows _page = new([], false);

    /// <summary>What the rows that are shown were read with: they are counted after them, never before.</summary>
    private (TicketQuery Query, int Reading) _shown = (new(), 0);
    private IReadOnlyList<FilterField> _fields = [];
    private FilterNames _names = FilterNames.None;
    private IReadOnlyList<TicketColumn> _columns = [];
    private LoadStatus _status;
    private bool _isReloading;
    private int _reading;
    private string? _ownAddress;
    private PacedRefresh? _refresh;

    [Inject]
    public required TicketSearch Search { get; init; }

    [Inject]
    public required FilterFields Fields { get; init; }

    [Inject]
    public required ListLayouts Layouts { get; init; }

    [Inject]
    public required SavedFilterChoices Choices { get; init; }

    [Inject]
    public required ViewerClock Clock { get; init; }

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
        _current.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _query = TicketQuery.FromAddress(Navigation.Uri);
        if (RendererInfo.IsInteractive)
        {
            _refresh = new PacedRefresh(InvokeAsync, RefreshAsync, DispatchExceptionAsync, Time);
            Navigation.LocationChanged += OnLocationChanged;
            Events.Changed += OnInstanceChanged;
            await LoadAsync();
        }
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        // Leaving the list raises it as well, and so does writing the address of what is being read already.
        var query = TicketQuery.FromAddress(change.Location);
        if (string.Equals(new Uri(change.Location).AbsolutePath, "/tickets", StringComparison.OrdinalIgnoreCase) && !string.Equals(ListAddress.Of(query), _ownAddress, StringComparison.Ordinal))
        {
            _ = InvokeAsync(async () =>
            {
                ClosePanel();
                var isSame = string.Equals(ListAddress.Of(query), ListAddress.Of(_query), StringComparison.Ordinal);
                _query = ListAddress.SaysNothing(change.Location) ? _query : query;
                await (isSame ? RefreshAsync() : ReloadAsync());
            });
        }

        _ownAddress = null;
    }

    private void OnInstanceChanged(long instanceId)
    {
        // A list that somebody reads does not move under their eyes; an empty one fills by itself.
        if (_status is LoadStatus.Ready && _page.Rows.Count == 0)
        {
            _refresh?.Ask();
        }
    }

    /// <summary>The same list, as it is now.</summary>
    private Task RefreshAsync()
    {
        _reading++;
        return ReloadAsync();
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
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task LoadAsync()
    {
        var current = Restart();
        try
        {
            if (_layout is null)
            {
                // What "today" is must be known before anything is asked.
                await Clock.StartAsync();
                _layout = await Layouts.ReadAsync(current);
            }

            if (ListAddress.SaysNothing(Navigation.Uri))
            {
                await OpenOwnAsync(_layout, current);
            }

            // Fields grow while the first sync runs, so they are read with every page.
            var (query, reading, fields, names) = (_query, _reading, await Fields.ReadAsync(current), await Fields.ReadNamesAsync(current));
            var columns = TicketColumns.Of(query.Columns, fields, _layout);
            var page = await Search.ReadPageAsync(query with { Columns = [.. columns.Select(column => column.Field.Key)] }, new ViewerTime(Clock.Now, Clock.Zone), current);
            (_fields, _names, _columns, _page, _shown, _status, _isReloading) = (fields, names, columns, page, (query, reading), LoadStatus.Ready, false);
        }
        catch (Exception) when (current.IsCancellationRequested)
        {
            // Another list is being read, or somebody left the page.
            return;
        }
        catch (Exception exception) when (exception is not NotAnAdminException)
        {
            Logger.LogError(exception, "The tickets could not be read");
            (_status, _isReloading) = (LoadStatus.Failed, false);
            return;
        }

        StateHasChanged();
        await ReadAroundAsync(current);
    }

    /// <summary>The address said nothing: the list that this admin opens with takes its place, so that a copied link shows it to others.</summary>
    private async Task OpenOwnAsync(ListLayout layout, CancellationToken cancellationToken)
    {
        var opening = await Choices.ReadDefaultAsync(cancellationToken) is { } address ? TicketQuery.FromAddress(address) : new TicketQuery();
        _query = opening with { Columns = opening.Columns ?? layout.Columns };
        _ownAddress = ListAddress.Of(_query);
        Navigation.NavigateTo(_ownAddress, new NavigationOptions { ReplaceHistoryEntry = true });
    }

    private CancellationToken Restart()
    {
        _current.Cancel();
        _current.Dispose();
        _current = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        return _current.Token;
    }
}

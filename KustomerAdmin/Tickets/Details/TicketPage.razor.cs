using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Tickets.Details;

public sealed partial class TicketPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource _current = new();
    private TicketMeter _meter = null!;
    private long? _asked;
    private StoredTicket? _ticket;
    private TicketView? _view;
    private LoadStatus _status;
    private TicketQuery? _list;
    private (Neighbour? Previous, Neighbour? Next) _neighbours;
    private TicketFind _find = TicketFind.None;
    private string? _focus;
    private int _reveals;
    private bool _isToReveal;
    private TicketScript? _script;

    [Parameter]
    public long Id { get; set; }

    /// <summary>The list that the ticket was opened from.</summary>
    [SupplyParameterFromQuery(Name = "list")]
    public string? List { get; set; }

    [Inject]
    public required TicketViewer Viewer { get; init; }

    [Inject]
    public required TicketNeighbours Neighbours { get; init; }

    [Inject]
    public required ViewerClock Clock { get; init; }

    [Inject]
    public required TimeProvider Time { get; init; }

    [Inject]
    public required ILogger<TicketPage> Logger { get; init; }

    private string Title => _ticket is null ? "Ticket" : string.IsNullOrWhiteSpace(_ticket.Subject) ? "(no subject)" : _ticket.Subject;

    public void Dispose()
    {
        _goingOn?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
        _current.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        // Not while prerendering: every look costs requests of the organisation's limit.
        if (RendererInfo.IsInteractive && _asked != Id)
        {
            _asked = Id;
            await LoadAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isToReveal && _script is not null && _focus is { } entry)
        {
            _isToReveal = false;
            await _script.RevealAsync(entry);
        }
    }

    private async Task LoadAsync()
    {
        var current = Restart();
        (_ticket, _view, _status, _list, _neighbours) = (null, null, LoadStatus.Loading, Neighbour.ListOf(List), default);
        (_find, _focus, _refusals) = (TicketFind.None, null, 0);
        try
        {
            _ticket = await Viewer.FindAsync(Id, current);
            _status = LoadStatus.Ready;
        }
        catch (OperationCanceledException) when (current.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (exception is not NotAnAdminException)
        {
            Logger.LogError(exception, "Ticket {TicketId} could not be read", Id);
            _status = LoadStatus.Failed;
        }

        if (_ticket is { } ticket)
        {
            _meter = new TicketMeter(Time);
            await Task.WhenAll(FindNeighboursAsync(current), FetchAsync(current, show => Viewer.OpenAsync(ticket, _meter, show, current)));
        }
    }

    private async Task FetchAsync(CancellationToken current, Func<Action<TicketView>, Task<TicketView>> fetchAsync)
    {
        StateHasChanged();
        try
        {
            var view = await fetchAsync(so => _ = InvokeAsync(() => Show(so, current)));
            Show(view, current);
            GoOnLater(view, current);
        }
        catch (OperationCanceledException) when (current.IsCancellationRequested)
        {
            // Somebody left the page, or opened another ticket on it.
        }
    }

    private void Show(TicketView view, CancellationToken current)
    {
        if (!current.IsCancellationRequested)
        {
            _view = view;
            _find = _find.In(view.Timeline);
            StateHasChanged();
        }
    }

    private async Task FindNeighboursAsync(CancellationToken current)
    {
        try
        {
            if (_list is { } list)
            {
                // "The last seven days" of a filter are those of the viewer's zone.
                await Clock.StartAsync();
                _neighbours = await Neighbours.FindAsync(list, new ViewerTime(Clock.Now, Clock.Zone), Id, current);
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (current.IsCancellationRequested)
        {
            // Another ticket has neighbours of its own.
        }
        catch (Exception exception) when (exception is not NotAnAdminException)
        {
            // The ticket can be read without them.
            Logger.LogWarning(exception, "The neighbours of ticket {TicketId} could not be found", Id);
        }
    }

    private void Show(TicketFind find)
    {
        _find = find;
        Reveal(find.Hit?.ItemId);
    }

    private void Reveal(string? itemId) => (_focus, _reveals, _isToReveal) = (itemId, _reveals + 1, itemId is not null);

    /// <summary>Ends what is still being fetched: its answer belongs to another ticket, or to an earlier try.</summary>
    private CancellationToken Restart()
    {
        _goingOn?.Dispose();
        _current.Cancel();
        _current.Dispose();
        _current = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        return _current.Token;
    }
}

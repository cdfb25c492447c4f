using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Kustomer;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Tickets;

public sealed partial class TicketPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private CancellationTokenSource _current = new();
    private RequestMeter _meter = new();
    private long? _asked;
    private StoredTicket? _ticket;
    private TicketView? _view;
    private LoadStatus _status;

    [Parameter]
    public long Id { get; set; }

    /// <summary>What the list said that the ticket was opened from, in the words of its address.</summary>
    [SupplyParameterFromQuery]
    public string? List { get; set; }

    [Inject]
    public required TicketViewer Viewer { get; init; }

    [Inject]
    public required ILogger<TicketPage> Logger { get; init; }

    private string Title => _ticket is null ? "Ticket" : string.IsNullOrWhiteSpace(_ticket.Subject) ? "(no subject)" : _ticket.Subject;

    public void Dispose()
    {
        _meter.Changed -= OnMetered;
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

    private async Task LoadAsync()
    {
        var current = Restart();
        (_ticket, _view, _status) = (null, null, LoadStatus.Loading);
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
            StateHasChanged();
            await FetchAsync(ticket, current);
        }
    }

    private Task OpenAsync() => FetchAsync(_ticket!, Restart());

    private async Task FetchAsync(StoredTicket ticket, CancellationToken current)
    {
        _view = null;
        _meter.Changed -= OnMetered;
        _meter = new RequestMeter();
        _meter.Changed += OnMetered;
        try
        {
            var view = await Viewer.OpenAsync(ticket, _meter, current);
            if (!current.IsCancellationRequested)
            {
                _view = view;
            }
        }
        catch (OperationCanceledException) when (current.IsCancellationRequested)
        {
            // Somebody left the page, or opened another ticket on it.
        }
    }

    /// <summary>Ends what is still being fetched: its answer belongs to another ticket, or to an earlier try.</summary>
    private CancellationToken Restart()
    {
        _current.Cancel();
        _current.Dispose();
        _current = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        return _current.Token;
    }

    private void OnMetered() => _ = InvokeAsync(StateHasChanged);
}

using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Kustomer;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Tickets;

public sealed partial class TicketPage : IDisposable
{
    private readonly CancellationTokenSource _leaving = new();
    private RequestMeter _meter = new();
    private StoredTicket? _ticket;
    private TicketView? _view;
    private LoadStatus _status;

    [Parameter]
    public long Id { get; set; }

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
    }

    protected override async Task OnParametersSetAsync()
    {
        // Not while prerendering: every look costs requests of the organisation's limit.
        if (RendererInfo.IsInteractive && _ticket?.Id != Id)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        try
        {
            (_view, _status) = (null, LoadStatus.Loading);
            _ticket = await Viewer.FindAsync(Id, _leaving.Token);
            _status = LoadStatus.Ready;
        }
        catch (Exception exception) when (exception is not (NotAnAdminException or OperationCanceledException))
        {
            Logger.LogError(exception, "Ticket {TicketId} could not be read", Id);
            _status = LoadStatus.Failed;
        }

        if (_ticket is not null)
        {
            StateHasChanged();
            await OpenAsync();
        }
    }

    private async Task OpenAsync()
    {
        _view = null;
        _meter.Changed -= OnMetered;
        _meter = new RequestMeter();
        _meter.Changed += OnMetered;
        try
        {
            _view = await Viewer.OpenAsync(_ticket!, _meter, _leaving.Token);
        }
        catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
        {
            // Somebody left the page.
        }
    }

    private void OnMetered() => _ = InvokeAsync(StateHasChanged);
}

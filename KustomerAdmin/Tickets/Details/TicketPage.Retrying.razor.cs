using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Fetching;

namespace KustomerAdmin.Tickets.Details;

/// <summary>Asking again for parts that did not come.</summary>
public sealed partial class TicketPage
{
    /// <summary>Times in a row that a view goes on by itself when the rate limit refuses it; then it waits for somebody.</summary>
    private const int MostRefusals = 10;

    private int _refusals;
    private ITimer? _goingOn;

    private Task RetryAsync(IReadOnlyCollection<TicketPart> parts)
    {
        if (_ticket is not { } ticket || _view is not { IsComplete: true } view)
        {
            return Task.CompletedTask;
        }

        var current = Restart();
        return FetchAsync(current, show => Viewer.RetryAsync(ticket, view, parts, _meter, show, current));
    }

    /// <summary>What the rate limit refused is asked for again when it ends.</summary>
    private void GoOnLater(TicketView view, CancellationToken current)
    {
        if (view.RetryAt is not { } at || current.IsCancellationRequested)
        {
            _refusals = 0;
        }
        else if (++_refusals <= MostRefusals)
        {
            var wait = at - Time.GetUtcNow();
            _goingOn = Time.CreateTimer(_ => _ = InvokeAsync(() => GoOnAsync([.. view.Failed.Where(part => view.Of(part).RetryAt is not null)])), null, wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
        else
        {
            Show(view.WithoutRetry(), current);
        }
    }

    private async Task GoOnAsync(IReadOnlyCollection<TicketPart> parts)
    {
        try
        {
            await RetryAsync(parts);
        }
        catch (Exception exception)
        {
            // Nobody waits for a timer.
            await DispatchExceptionAsync(exception);
        }
    }
}

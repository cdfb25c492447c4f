using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;

namespace KustomerAdmin.Tickets.Listing;

public sealed partial class TicketTotal : IDisposable
{
    private CancellationTokenSource _asking = new();
    private FilterGroup? _filter;
    private int _reading;
    private TicketCount? _count;
    private bool _isCounting;
    private bool _hasFailed;

    [Inject]
    public required TicketSearch Search { get; init; }

    [Inject]
    public required ViewerClock Clock { get; init; }

    [Inject]
    public required ILogger<TicketTotal> Logger { get; init; }

    [Parameter, EditorRequired]
    public required TicketQuery Query { get; set; }

    /// <summary>Another number where the same list is read anew, and so to be counted anew.</summary>
    [Parameter]
    public int Reading { get; set; }

    private string From => _hasFailed ? "Not counted"
        : _count is not { } count ? "Counting…"
        : $"{Number(count.Number)}{(count.IsCapped ? "+" : "")} {(count is { Number: 1, IsCapped: false } ? "ticket" : "tickets")}";

    public void Dispose()
    {
        _asking.Cancel();
        _asking.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        // Sort, columns and page change nothing about how many there are.
        if (_filter == Query.Filter && _reading == Reading)
        {
            return Task.CompletedTask;
        }

        (_filter, _reading, _count) = (Query.Filter, Reading, _filter == Query.Filter ? _count : null);
        return CountAsync(isExact: false);
    }

    private async Task CountAsync(bool isExact)
    {
        var asked = Restart();
        (_isCounting, _hasFailed) = (true, false);
        try
        {
            var count = await Search.CountAsync(new TicketQuery { Filter = _filter! }, new ViewerTime(Clock.Now, Clock.Zone), isExact, asked);
            if (!asked.IsCancellationRequested)
            {
                (_count, _isCounting, _hasFailed) = (count, false, false);
            }
        }
        catch (Exception) when (asked.IsCancellationRequested)
        {
            // Somebody stopped it, or another list is shown.
        }
        catch (Exception exception) when (exception is not NotAnAdminException)
        {
            // The page of rows is there; how many there are can be asked again.
            Logger.LogError(exception, "The tickets could not be counted");
            (_isCounting, _hasFailed) = (false, true);
        }
    }

    private void Stop()
    {
        Restart();
        _isCounting = false;
    }

    private CancellationToken Restart()
    {
        _asking.Cancel();
        _asking.Dispose();
        _asking = new CancellationTokenSource();
        return _asking.Token;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}

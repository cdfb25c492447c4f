using Bunit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tests.Tickets.Searching;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Listing;

/// <summary>How many tickets there are where nobody wants to wait for the exact number.</summary>
public sealed class TicketTotalTests : IAsyncLifetime
{
    private const int More = 25;

    /// <summary>All that is stored, and still a filter: without one the console knows by heart.</summary>
    private static readonly TicketQuery s_list = new() { Filter = FilterText.Parse("status:isNotEmpty") };

    private Workplace _place = null!;
    private ListCircuit _circuit = null!;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(tickets: 1);
        var instanceId = await _place.App.ConnectAsync(_place.Acme);
        await _place.App.ChangeStoredAsync(db =>
        {
            for (var number = 0; number < TicketSearch.CountCap + More; number++)
            {
                db.Tickets.Add(new Ticket { InstanceId = instanceId, KustomerId = $"{number:x24}", Status = number < 3 ? "open" : "done", UpdatedAt = _place.Clock.GetUtcNow() });
            }

            return Task.CompletedTask;
        });
        _circuit = await ListCircuit.OpenAsync(_place);
    }

    public async Task DisposeAsync()
    {
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Total_OfMoreThanTheCap_IsCountedExactlyWhenAsked()
    {
        var total = Render(s_list);
        await ShouldSayAsync(total, "10,000+ tickets · count exactly");

        await total.ActAsync(at => at.Find("button").ClickAsync(new()));
        await ShouldSayAsync(total, "10,025 tickets");

        total.Render(parameters => parameters.Add(shown => shown.Query, s_list with { Page = 2, SortKey = "createdAt" }));
        await ShouldSayAsync(total, "10,025 tickets");
        total.Render(parameters => parameters.Add(shown => shown.Query, new TicketQuery { Filter = FilterText.Parse("status:is:open") }));
        await ShouldSayAsync(total, "3 tickets");
    }

    [Fact]
    public async Task Total_CannotBeCounted_SaysSoAndCountsAgain()
    {
        await _place.App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Tickets RENAME TO Away"));
        var total = Render(s_list);
        await ShouldSayAsync(total, "Not counted · count again");
        await _place.App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Away RENAME TO Tickets"));

        await total.ActAsync(at => at.Find("button").ClickAsync(new()));

        await ShouldSayAsync(total, "10,000+ tickets · count exactly");
    }

    [Fact]
    public async Task Count_ThatTakesLong_IsShownAndStopsWhenAsked()
    {
        var total = Render(s_list);
        await ShouldSayAsync(total, "10,000+ tickets · count exactly");
        await _place.App.MakeTicketsEndlessAsync();

        var counting = total.ActAsync(at => at.Find("button").ClickAsync(new()));
        await ShouldSayAsync(total, "10,000+ tickets · counting exactly… stop");
        await total.ActAsync(at => at.Find("button").ClickAsync(new()));

        await ShouldSayAsync(total, "10,000+ tickets · count exactly");
        await counting.WaitAsync(ListCircuit.Patience);
    }

    private static Task ShouldSayAsync(IRenderedComponent<TicketTotal> total, string expected) =>
        total.WaitForAssertionAsync(() => string.Join(' ', total.Find(".ticket-total").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldBe(expected), ListCircuit.Patience);

    private IRenderedComponent<TicketTotal> Render(TicketQuery query) => _circuit.Browser.Render<TicketTotal>(parameters => parameters.Add(shown => shown.Query, query));
}

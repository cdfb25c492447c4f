using Bunit;
using KustomerAdmin.Tickets.Listing;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Listing;

/// <summary>What the list says of its order is the order it has.</summary>
public sealed class SortingTheListTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private ListCircuit _circuit = null!;
    private long _acmeId;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _acmeId = await _place.App.ConnectAsync(_place.Acme);
        await _place.App.RunSyncAsync(_acmeId);
        _circuit = await ListCircuit.OpenAsync(_place);
    }

    public async Task DisposeAsync()
    {
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task List_SortedByAFieldThatIsNoLongerStored_ShowsTheNewestFirstAndSaysSo()
    {
        await _place.App.ExcludeAsync(_acmeId, "custom.orderValueNum");

        var page = await _circuit.ShowAsync("tickets?sort=custom.orderValueNum&dir=asc");

        await ShouldShowTheNewestFirstAsync(page);
        page.Find(".sort-notice").TextContent.ShouldBe("Sorted by Updated: Order value is no longer stored.");
    }

    [Fact]
    public async Task List_SortedByAnUnknownField_ShowsTheNewestFirstAndSaysSo()
    {
        var page = await _circuit.ShowAsync("tickets?sort=custom.neverSeenStr&dir=asc");

        await ShouldShowTheNewestFirstAsync(page);
        page.Find(".sort-notice").TextContent.ShouldBe("Sorted by Updated: No ticket has a field custom.neverSeenStr.");
    }

    [Fact]
    public async Task List_SortedByWhatATicketHasSeveralOf_ShowsTheNewestFirstAndSaysSo()
    {
        var page = await _circuit.ShowAsync("tickets?sort=channel&dir=asc");

        await ShouldShowTheNewestFirstAsync(page);
        page.Find(".sort-notice").TextContent.ShouldBe("Sorted by Updated: Channel has no order.");
    }

    [Theory]
    [InlineData("tickets?sort=createdAt&dir=asc", "createdAt", "ascending")]
    [InlineData("tickets?view=all", "updatedAt", "descending")]
    public async Task List_SortedByAFieldItHas_SaysNothingMore(string address, string column, string order)
    {
        var page = await _circuit.ShowAsync(address);

        (page.Find("th[aria-sort]").GetAttribute("data-column"), page.Find("th[aria-sort]").GetAttribute("aria-sort")).ShouldBe((column, order));
        page.FindAll(".sort-notice").ShouldBeEmpty();
    }

    private async Task ShouldShowTheNewestFirstAsync(IRenderedComponent<TicketsPage> page)
    {
        var newest = await _place.App.StoredAsync(db => db.Tickets.OrderByDescending(ticket => ticket.UpdatedAt).ThenByDescending(ticket => ticket.Id).Select(ticket => ticket.Id).FirstAsync());
        page.Find(".ticket-table tbody .ticket-link").GetAttribute("href").ShouldStartWith($"tickets/{newest}?");
        page.Find(".ticket-table caption").TextContent.ShouldStartWith("Tickets, sorted by Updated,");
        var header = page.Find("th[aria-sort]");
        (header.GetAttribute("data-column"), header.GetAttribute("aria-sort")).ShouldBe(("updatedAt", "descending"));
    }
}

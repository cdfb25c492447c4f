using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Filters;

/// <summary>The count that follows a page begins with what the page found; no other count does.</summary>
public sealed class CountAfterPageTests
{
    private static readonly TicketQuery s_zebras = TicketQuery.FromAddress("tickets?filter=subject:contains:zebra");

    [Fact]
    public async Task Count_AfterThePageOfARareWord_IsOfThatPageOnceAndOfTheDatabaseThen()
    {
        await using var place = await WithZebrasAsync();

        await place.App.AsAdminAsync<TicketSearch, bool>(async search =>
        {
            (await PageAsync(search, s_zebras)).ShouldBe(3);
            await place.App.StoredAsync(db => db.Tickets.Where(ticket => ticket.Subject == "one zebra").ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.DeletedAt, DateTimeOffset.UnixEpoch)));
            await place.App.StoredAsync(db => db.Tickets.Where(ticket => ticket.Subject == "a horse").ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.Subject, "another zebra")));

            (await CountAsync(search, s_zebras)).ShouldBe(2, "of those the page found one is gone");
            (await CountAsync(search, s_zebras)).ShouldBe(3, "what came since then");
            (await PageAsync(search, s_zebras)).ShouldBe(3);
            return true;
        });
    }

    [Theory]
    [InlineData("tickets?filter=subject:contains:horse", 1)]
    [InlineData("tickets?filter=subject:contains:zebra;subject:contains:two", 1)]
    [InlineData("tickets?filter=or(subject:contains:zebra;subject:contains:horse)", 4)]
    public async Task Count_OfAnotherFilter_KnowsNothingOfThePage(string address, int expected)
    {
        await using var place = await WithZebrasAsync();

        await place.App.AsAdminAsync<TicketSearch, bool>(async search =>
        {
            await PageAsync(search, s_zebras);

            (await CountAsync(search, TicketQuery.FromAddress(address))).ShouldBe(expected);
            return true;
        });
    }

    [Theory]
    [InlineData("status:is:open;subject:contains:zebra")]
    [InlineData("or(subject:contains:zebra;subject:startsWith:one)")]
    [InlineData("subject:contains:zebra;subject:contains:t")]
    public async Task Count_AfterItsPage_IsAsManyAsAFreshOne(string filter)
    {
        await using var place = await WithZebrasAsync();
        var query = TicketQuery.FromAddress("tickets?filter=" + filter);
        var fresh = await place.App.AsAdminAsync<TicketSearch, long>(search => CountAsync(search, query));

        await place.App.AsAdminAsync<TicketSearch, bool>(async search =>
        {
            (await PageAsync(search, query)).ShouldBe((int)fresh);
            (await CountAsync(search, query)).ShouldBe(fresh);
            (await PageAsync(search, query with { SortKey = "subject", IsAscending = true })).ShouldBe((int)fresh);
            (await search.CountAsync(query, FilterWorld.Viewer, isExact: true, CancellationToken.None)).Number.ShouldBe(fresh);
            return true;
        });
    }

    private static async Task<Workplace> WithZebrasAsync()
    {
        var place = await Workplace.StartAsync(tickets: 200);
        foreach (var subject in new[] { "one zebra", "two zebras", "Zebra crossing", "a horse" })
        {
            place.Acme.Create(subject);
        }

        await place.App.RunSyncAsync(await place.App.ConnectAsync(place.Acme));
        return place;
    }

    private static async Task<int> PageAsync(TicketSearch search, TicketQuery query) => (await search.ReadPageAsync(query, FilterWorld.Viewer, CancellationToken.None)).Rows.Count;

    private static async Task<long> CountAsync(TicketSearch search, TicketQuery query) => (await search.CountAsync(query, FilterWorld.Viewer, isExact: false, CancellationToken.None)).Number;
}

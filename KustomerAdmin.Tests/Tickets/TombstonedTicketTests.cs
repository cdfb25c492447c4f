using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets;

/// <summary>A ticket that Kustomer deleted or merged.</summary>
public sealed class TombstonedTicketTests : IAsyncLifetime
{
    private Workplace _place = null!;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        await App.RunSyncAsync(await App.ConnectAsync(_place.Acme));
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Ticket_Tombstoned_LeavesTheListAndItsCountAndIsStillOpenedByItsLink()
    {
        var before = await SearchAsync();
        var gone = before.Page.Rows[3];
        var noticed = _place.Clock.GetUtcNow();
        await App.ChangeStoredAsync(async db =>
        {
            var ticket = await db.Tickets.SingleAsync(ticket => ticket.Id == gone.Id);
            (ticket.MissingSince, ticket.DeletedAt) = (noticed.AddDays(-1), noticed);
            (await db.Instances.SingleAsync()).TicketCount--;
        });

        var after = await SearchAsync();

        after.Count.Number.ShouldBe(before.Count.Number - 1);
        after.Page.Rows.ShouldNotContain(row => row.Id == gone.Id);
        (await App.AsAdminAsync<TicketViewer, StoredTicket?>(viewer => viewer.FindAsync(gone.Id, default))).ShouldNotBeNull().DeletedAt.ShouldBe(noticed);
    }

    private Task<(TicketPageOfRows Page, TicketCount Count)> SearchAsync() => App.AsAdminAsync<TicketSearch, (TicketPageOfRows, TicketCount)>(async search =>
        (await search.ReadPageAsync(new TicketQuery(), SyncedPlace.Viewer, default), await search.CountAsync(new TicketQuery(), SyncedPlace.Viewer, isExact: false, default)));
}

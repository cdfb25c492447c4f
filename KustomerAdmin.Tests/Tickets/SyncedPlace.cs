using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets;

/// <summary>Both organisations connected and synced once, for tests that only look.</summary>
public sealed class SyncedPlace : IAsyncLifetime
{
    public Workplace Place { get; private set; } = null!;

    public TestApp App => Place.App;

    public long AcmeId { get; private set; }

    public long GlobexId { get; private set; }

    public async Task InitializeAsync()
    {
        Place = await Workplace.StartAsync(tickets: 260, settings: ("Logging:LogLevel:Default", "Debug"));
        AcmeId = await App.ConnectAsync(Place.Acme);
        GlobexId = await App.ConnectAsync(Place.Globex);
        (await App.RunSyncAsync(AcmeId)).Outcome.ShouldBe(RunOutcome.Succeeded);
        (await App.RunSyncAsync(GlobexId)).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    public async Task DisposeAsync() => await Place.DisposeAsync();

    public static ViewerTime Viewer { get; } = new(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero), TimeZoneInfo.Utc);

    public Task<TicketPageOfRows> SearchAsync(TicketQuery query) => App.AsAdminAsync<TicketSearch, TicketPageOfRows>(search => search.ReadPageAsync(query, Viewer, CancellationToken.None));

    public Task<TicketCount> CountAsync(TicketQuery query, bool isExact = false) => App.AsAdminAsync<TicketSearch, TicketCount>(search => search.CountAsync(query, Viewer, isExact, CancellationToken.None));

    public Task<StoredTicket> FindAsync(string kustomerId) => App.AsAdminAsync<TicketViewer, StoredTicket>(async viewer =>
        (await viewer.FindAsync(await IdOfAsync(kustomerId), CancellationToken.None)).ShouldNotBeNull());

    public Task<long> IdOfAsync(string kustomerId) =>
        App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == kustomerId).Select(ticket => ticket.Id).SingleAsync());
}

using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>One first sync of an organisation where more tickets share a moment than a page holds.</summary>
public sealed class FirstSyncTests : IClassFixture<FirstSyncTests.Synced>
{
    private readonly Synced _synced;

    public FirstSyncTests(Synced synced) => _synced = synced;

    [Fact]
    public async Task Run_Ended_HasEveryTicketOfTheSearchOnce()
    {
        var total = (await SyncTest.AskAsync(_synced.Place, """{"queryContext":"conversation"}""")).GetProperty("meta").GetProperty("total").GetInt32();

        (await _synced.Place.App.StoredAsync(db => db.Tickets.CountAsync())).ShouldBe(total);
        (await _synced.Place.App.InstanceAsync(_synced.InstanceId)).TicketCount.ShouldBe(total);
        _synced.Run.Added.ShouldBe(total);
        _synced.Run.Outcome.ShouldBe(RunOutcome.Succeeded);
        _synced.Run.Note.ShouldBeNull();
    }

    [Fact]
    public async Task Ties_LargerThanAPage_AreAllThere()
    {
        var moment = _synced.Place.Acme.SharedUpdatedAt;
        _synced.Place.Acme.SharedUpdatedAtCount.ShouldBeGreaterThan(500);

        (await _synced.Place.App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.UpdatedAt == moment))).ShouldBe(_synced.Place.Acme.SharedUpdatedAtCount);
    }

    [Fact]
    public async Task Customers_Counts_AreKustomers()
    {
        var stored = await _synced.Place.App.StoredAsync(db => db.Customers.ToDictionaryAsync(customer => customer.KustomerId, customer => customer.ConversationCount));
        var first = await SyncTest.AskAsync(_synced.Place, """{"queryContext":"customer","and":[{"conversation_updated_at":{"gte":"1970-01-01T00:00:00.000Z"}}]}""");

        var theirs = first.GetProperty("data").EnumerateArray().ToDictionary(
            customer => customer.GetProperty("id").GetString()!, customer => (int?)customer.GetProperty("attributes").GetProperty("conversationCounts").GetProperty("all").GetInt32(), StringComparer.Ordinal);
        theirs.Count.ShouldBeGreaterThan(300);
        theirs.Where(customer => stored.ContainsKey(customer.Key)).ShouldAllBe(customer => stored[customer.Key] == customer.Value);
        stored.Count(customer => customer.Value is null).ShouldBeLessThan(10, "only customers that were merged into others have no count");
    }

    [Fact]
    public async Task Cost_OfTheRun_IsCountedAndFarBelowOneRequestACustomer()
    {
        _synced.Run.Requests.ShouldBe(_synced.RequestsSent);
        _synced.Run.Requests.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task Fields_AfterTheRun_HaveKustomersNames()
    {
        var fields = await _synced.Place.App.StoredAsync(db => db.MetadataFields.ToListAsync());

        fields.Single(field => field.Key == "custom.orderNumberStr").DisplayName.ShouldNotBe("orderNumberStr");
        fields.Single(field => field.Key == "custom.orderValueNum").Type.ShouldBe(MetadataType.Number);
    }

    public sealed class Synced : IAsyncLifetime
    {
        public Workplace Place { get; private set; } = null!;

        public long InstanceId { get; private set; }

        public int RequestsSent { get; private set; }

        public SyncRun Run { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Place = await Workplace.StartAsync(tickets: 2020);
            InstanceId = await Place.App.ConnectAsync(Place.Acme);
            Place.Sandbox.Requests.Clear();
            Run = await Place.App.RunSyncAsync(InstanceId);
            RequestsSent = Place.Sandbox.Requests.Counts.Values.Sum();
        }

        public async Task DisposeAsync() => await Place.DisposeAsync();
    }
}

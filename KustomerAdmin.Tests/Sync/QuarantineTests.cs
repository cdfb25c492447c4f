using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

public sealed class QuarantineTests : SyncTest
{
    [Fact]
    public async Task Records_ThatCannotBeRead_AreListedOnceUntilTheyCanBe()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.BadRecords, Times = 1 });
        await App.RunSyncAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.BadRecords, Times = 1 });
        await App.RunSyncAsync(InstanceId);
        var listed = await ListedAsync();
        var healed = Place.Acme.ConversationIds[30];
        await ListAsync(healed);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        Place.Acme.Touch(healed);
        await App.RunSyncAsync(InstanceId);

        listed.Count.ShouldBe(3);
        listed.ShouldAllBe(record => record.LastSeenAt == record.FirstSeenAt.AddMinutes(15) && record.Reason.Length > 0);
        (await ListedAsync()).Select(record => record.Id).ShouldBe(listed.Select(record => record.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task Records_NotMetBetweenTwoComparisons_LeaveTheListUnlessTheyAreThere()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.BadRecords, Times = 1 });
        await App.RunSyncAsync(InstanceId);
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations/{id}", Kind = FaultKind.OversizeBody, Bytes = 11_000_000 });
        var there = Place.Acme.ConversationIds[10];
        await ListAsync(there);

        await CompareAsync();
        var first = await ListedAsync();
        await CompareAsync();
        var second = await ListedAsync();
        Place.Sandbox.Faults.Clear();
        await CompareAsync();
        var third = await ListedAsync();

        (first.Count, second.Count).ShouldBe((4, 3));
        second.ShouldAllBe(record => record.KustomerId != null, "nobody can ask for one without an id");
        third.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ticket_DeletedInKustomer_IsATombstoneAfterTheNextRun()
    {
        await App.RunSyncAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        var gone = Place.Acme.ConversationIds[30];
        Place.Acme.Delete(gone);

        var run = await App.RunSyncAsync(InstanceId);

        run.Deleted.ShouldBe(1);
        (await TicketAsync(gone)).DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
        (await App.InstanceAsync(InstanceId)).TicketCount.ShouldBe(await KustomersCountAsync());
    }

    private Task<int> ListAsync(string id) => App.ChangeStoredAsync(async db => await db.QuarantinedRecords.AddAsync(new QuarantinedRecord
    {
        InstanceId = InstanceId,
        KustomerId = id,
        Fingerprint = "as it was",
        Reason = "updatedAt is missing or not a date.",
        FirstSeenAt = Place.Clock.GetUtcNow(),
        LastSeenAt = Place.Clock.GetUtcNow(),
    }));

    /// <summary>A day later.</summary>
    private async Task CompareAsync()
    {
        Place.Clock.Advance(TimeSpan.FromHours(25));
        await App.RunSyncAsync(InstanceId);
        (await App.RunSyncAsync(InstanceId)).ShouldSatisfyAllConditions(run => run.Kind.ShouldBe(RunKind.Reconciliation), run => run.Outcome.ShouldBe(RunOutcome.Succeeded));
    }

    private Task<List<QuarantinedRecord>> ListedAsync() => App.StoredAsync(db => db.QuarantinedRecords.AsNoTracking().ToListAsync());
}

using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

public sealed class ReconcilingTests : ReconcilingTest
{
    [Fact]
    public async Task Night_NothingHappened_CostsThreeRequestsAndChangesNothing()
    {
        await LoadAsync();

        var run = await ReconcileAsync();

        (run.Kind, run.Outcome, run.Note).ShouldBe((RunKind.Reconciliation, RunOutcome.Succeeded, null));
        (run.Added, run.Updated, run.Deleted).ShouldBe((0, 0, 0));
        run.Unchanged.ShouldBeGreaterThanOrEqualTo(await StoredCountAsync(), "what changed since is read again, the rest compared");
        run.Requests.ShouldBeLessThanOrEqualTo(3);
        (await App.InstanceAsync(InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.ReconciledAt.ShouldBe(Place.Clock.GetUtcNow()),
            instance => instance.ReconcileCursor.ShouldBeNull());
    }

    [Fact]
    public async Task Schedule_ComparesOnceADayAndOnlyBehindARunThatWentWell()
    {
        await LoadAsync();
        List<RunKind> kinds = [];
        for (var run = 0; run < 3; run++)
        {
            kinds.Add((await App.RunSyncAsync(InstanceId)).Kind);
        }

        Place.Clock.Advance(TimeSpan.FromHours(25));
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).RunRequestedBy = "jane");
        kinds.Add((await App.RunSyncAsync(InstanceId)).Kind);
        kinds.Add((await App.RunSyncAsync(InstanceId)).Kind);

        kinds.ShouldBe([RunKind.Reconciliation, RunKind.Update, RunKind.Update, RunKind.Update, RunKind.Reconciliation]);
    }

    [Fact]
    public async Task Missed_OnceAndSeenTheNextNight_IsThereAsIfNothingHadBeen()
    {
        await LoadAsync();
        await App.ChangeStoredAsync(async db => (await db.Tickets.OrderBy(ticket => ticket.Id).FirstAsync()).MissingSince = Place.Clock.GetUtcNow());

        await ReconcileAsync();

        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.MissingSince != null || ticket.DeletedAt != null))).ShouldBe(0);
    }

    [Fact]
    public async Task Tombstone_OfATicketThatKustomerHas_IsRevived()
    {
        await LoadAsync();
        var revived = Place.Acme.ConversationIds[100];
        await App.ChangeStoredAsync(async db =>
        {
            (await db.Tickets.SingleAsync(ticket => ticket.KustomerId == revived)).DeletedAt = Place.Clock.GetUtcNow();
            (await db.Instances.SingleAsync()).TicketCount--;
        });

        var run = await ReconcileAsync();

        run.Updated.ShouldBe(1);
        (await TicketAsync(revived)).DeletedAt.ShouldBeNull();
        (await App.InstanceAsync(InstanceId)).TicketCount.ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Changed_SinceTheLastUpdate_IsStoredAndNotTakenForDeleted()
    {
        await LoadAsync();
        Place.Clock.Advance(TimeSpan.FromMinutes(5));
        var touched = Place.Acme.ConversationIds[100];
        Place.Acme.Touch(touched);

        var run = await ReconcileAsync();

        (run.Deleted, run.Updated).ShouldBe((0, 1));
        (await TicketAsync(touched)).ShouldSatisfyAllConditions(
            ticket => ticket.UpdatedAt.ShouldBe(Place.Clock.GetUtcNow()),
            ticket => ticket.DeletedAt.ShouldBeNull());
    }

    [Fact]
    public async Task Search_ShowsNoneOfAHundredThatAreThere_NothingIsMarkedAnyNightAndTheRunSaysSo()
    {
        await LoadAsync();
        await ToAllAsync(Place.Acme.Hide);

        var first = await ReconcileAsync();
        await NextNightAsync();
        var second = await ReconcileAsync();

        foreach (var run in new[] { first, second })
        {
            (run.Outcome, run.Deleted, run.Updated).ShouldBe((RunOutcome.Succeeded, 0, 0));
            run.Note.ShouldNotBeNull().ShouldContain("None of them was marked as deleted");
        }

        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.MissingSince != null || ticket.DeletedAt != null))).ShouldBe(0);
    }

    [Fact]
    public async Task Buckets_AsManyAsItTakes_HoldEveryTicketOnce()
    {
        await LoadAsync();
        App.SyncOptions.TicketsCompared = 20;
        var deleted = new[] { 40, 90, 140, 190 }.Select(position => Place.Acme.ConversationIds[position]).ToList();
        deleted.ForEach(id => Place.Acme.Erase(id));
        Place.Sandbox.Requests.Clear();

        var run = await ReconcileAsync();

        run.Deleted.ShouldBe(4);
        run.Unchanged.ShouldBeGreaterThanOrEqualTo(await StoredCountAsync() - 4);
        Place.Searches.ShouldBeInRange(6, 20);
        (await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.DeletedAt != null).Select(ticket => ticket.KustomerId).ToListAsync())).ShouldBe(deleted, ignoreOrder: true);
    }

    [Fact]
    public async Task Reconciliation_Overtaken_WritesNoTombstone()
    {
        var deleted = Place.Acme.ConversationIds[100];
        await LoadAsync();
        Place.Acme.Delete(deleted);
        Place.Sandbox.Behaviour.LatencyMilliseconds = 200;

        var running = ReconcileAsync();
        await App.WaitForAsync(InstanceId, instance => instance.Run is RunState.Syncing);
        (await App.DisconnectAsync(InstanceId)).ShouldBeNull();
        var run = await running;

        (run.Outcome, run.Deleted).ShouldBe((RunOutcome.Cancelled, 0));
        (await TicketAsync(deleted)).DeletedAt.ShouldBeNull();
        (await App.InstanceAsync(InstanceId)).ReconciledAt.ShouldBeNull();
    }
}

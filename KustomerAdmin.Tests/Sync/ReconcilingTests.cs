using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>A day after everything was loaded.</summary>
public sealed class ReconcilingTests : SyncTest
{
    protected override int Tickets => 200;

    [Fact]
    public async Task Night_NothingHappened_CostsTwoRequestsAndChangesNothing()
    {
        await LoadAsync();

        var run = await ReconcileAsync();

        (run.Kind, run.Outcome, run.Note).ShouldBe((RunKind.Reconciliation, RunOutcome.Succeeded, null));
        (run.Added, run.Updated, run.Deleted).ShouldBe((0, 0, 0));
        run.Unchanged.ShouldBe(await StoredCountAsync());
        run.Requests.ShouldBeLessThanOrEqualTo(2);
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
    public async Task Deleted_InKustomer_IsATombstoneTheSameNight()
    {
        var deleted = Place.Acme.ConversationIds[100];
        await LoadAsync();
        Place.Acme.Delete(deleted);

        var run = await ReconcileAsync();

        run.Deleted.ShouldBe(1);
        (await TicketAsync(deleted)).DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
        (await LiveCountAsync()).ShouldBe(await KustomersCountAsync());
        (await App.InstanceAsync(InstanceId)).TicketCount.ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Gone_WithoutATraceInTheIndex_OnlySomeAreAskedForAndTheOthersTakeTwoNights()
    {
        await LoadAsync();
        var unknown = await RenameAsync(80);

        var first = await ReconcileAsync();
        var waiting = await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.MissingSince != null && ticket.DeletedAt == null));
        Place.Clock.Advance(TimeSpan.FromHours(25));
        await App.RunSyncAsync(InstanceId);
        var second = await ReconcileAsync();

        (first.Deleted, first.Added, waiting).ShouldBe((50, 80, 30));
        (second.Deleted, second.Added).ShouldBe((30, 0));
        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => unknown.Contains(ticket.KustomerId) && ticket.DeletedAt != null))).ShouldBe(80);
        (await App.InstanceAsync(InstanceId)).TicketCount.ShouldBe(await KustomersCountAsync());
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
    public async Task Search_ShowsNoneOfAHundred_NothingIsMarkedAndTheRunSaysSo()
    {
        await LoadAsync();
        await RenameAsync(int.MaxValue);

        var run = await ReconcileAsync();

        (run.Outcome, run.Deleted, run.Added).ShouldBe((RunOutcome.Succeeded, 0, 0));
        run.Note.ShouldNotBeNull().ShouldContain("none of them was marked as deleted");
        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.MissingSince != null || ticket.DeletedAt != null))).ShouldBe(0);
    }

    [Fact]
    public async Task Role_ForSingleConversationsMissing_NothingIsDeletedBeforeASearchSaysSo()
    {
        var deleted = Place.Acme.ConversationIds[100];
        await LoadAsync();
        Place.Acme.Delete(deleted);
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations", Kind = FaultKind.MissingRole });

        var first = await ReconcileAsync();
        var waiting = await TicketAsync(deleted);
        Place.Clock.Advance(TimeSpan.FromHours(25));
        var update = await App.RunSyncAsync(InstanceId);

        (first.Deleted, waiting.DeletedAt, update.Deleted).ShouldBe((0, null, 1));
        waiting.MissingSince.ShouldNotBeNull();
        first.Note.ShouldNotBeNull().ShouldContain("org.permission.conversation.read");
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

    /// <summary>Everything is stored, a day has passed, and an update went well.</summary>
    private async Task LoadAsync()
    {
        await App.RunSyncAsync(InstanceId);
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).HistoryDoneAt ??= Place.Clock.GetUtcNow());
        Place.Clock.Advance(TimeSpan.FromHours(25));
        (await App.RunSyncAsync(InstanceId)).Kind.ShouldBe(RunKind.Update);
    }

    private async Task<SyncRun> ReconcileAsync()
    {
        var run = await App.RunSyncAsync(InstanceId);
        run.Kind.ShouldBe(RunKind.Reconciliation);
        return run;
    }

    /// <summary>Gives stored tickets ids that Kustomer never had; its own of these tickets are then not stored.</summary>
    private async Task<List<string>> RenameAsync(int count)
    {
        await App.ChangeStoredAsync(async db =>
        {
            var ids = await db.Tickets.OrderBy(ticket => ticket.Id).Take(count).Select(ticket => ticket.Id).ToListAsync();
            await db.Tickets.Where(ticket => ids.Contains(ticket.Id)).ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.KustomerId, ticket => "f" + ticket.KustomerId.Substring(1)));
        });
        return await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId.StartsWith("f")).Select(ticket => ticket.KustomerId).ToListAsync());
    }

    private Task<int> LiveCountAsync() => App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.DeletedAt == null));
}

/// <summary>Kustomer's search shows a change half an hour late: longer than what an update reads again.</summary>
public sealed class ReconcilingALateIndexTests : SyncTest
{
    [Fact]
    public async Task Created_ShownLaterThanTheOverlap_IsFoundAtNight()
    {
        await App.RunSyncAsync(InstanceId);
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).HistoryDoneAt ??= Place.Clock.GetUtcNow());
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        var late = Place.Acme.Create("Shown late");
        var found = false;
        for (var quarter = 0; quarter < 6; quarter++)
        {
            // Something newer that is shown in time moves the cursor past it.
            Place.Clock.Advance(TimeSpan.FromMinutes(15));
            await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).SyncCursor = Place.Clock.GetUtcNow().AddMinutes(-1));
            await App.RunSyncAsync(InstanceId);
            found |= await App.StoredAsync(db => db.Tickets.AnyAsync(ticket => ticket.KustomerId == late));
        }

        Place.Clock.Advance(TimeSpan.FromHours(25));
        await App.RunSyncAsync(InstanceId);
        var night = await App.RunSyncAsync(InstanceId);

        found.ShouldBeFalse("no update looks so far back");
        (night.Kind, night.Added).ShouldBe((RunKind.Reconciliation, 1));
        (await TicketAsync(late)).Subject.ShouldBe("Shown late");
    }

    protected override SandboxOptions Change(SandboxOptions options) => options with { IndexLag = TimeSpan.FromMinutes(31) };
}

using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>A day after everything was loaded.</summary>
public sealed class ReconcilingTests : SyncTest
{
    private readonly List<string> _shown = [];

    protected override int Tickets => 200;

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
    public async Task Gone_AWholeBucketOfMoreThanAHundred_IsNotedTheFirstNightAndATombstoneTheSecond()
    {
        await LoadAsync();
        var erased = await ToAllAsync(Place.Acme.Erase);

        var first = await ReconcileAsync();
        var waiting = await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.MissingSince != null && ticket.DeletedAt == null));
        await NextNightAsync();
        var second = await ReconcileAsync();

        (first.Deleted, waiting).ShouldBe((0, erased));
        first.Note.ShouldNotBeNull().ShouldContain("if the next comparison misses them too");
        (second.Deleted, second.Note).ShouldBe((erased, null));
        (await App.InstanceAsync(InstanceId)).TicketCount.ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Gone_AllOfThem_AreKeptBecauseTheSearchShowsNothing()
    {
        await LoadAsync();
        foreach (var id in Place.Acme.ConversationIds)
        {
            Place.Acme.Erase(id);
        }

        await ReconcileAsync();
        await NextNightAsync();
        var second = await ReconcileAsync();

        second.Note.ShouldNotBeNull().ShouldContain("the search has a problem");
        (await LiveCountAsync()).ShouldBe(await StoredCountAsync());
    }

    [Fact]
    public async Task Role_ForSingleConversationsMissing_WaitsForTheSecondNight()
    {
        var erased = Place.Acme.ConversationIds[100];
        await LoadAsync();
        Place.Acme.Erase(erased);
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations", Kind = FaultKind.MissingRole });

        var first = await ReconcileAsync();
        var waiting = await TicketAsync(erased);
        await NextNightAsync();
        var second = await ReconcileAsync();

        (first.Deleted, waiting.DeletedAt, second.Deleted).ShouldBe((0, null, 1));
        waiting.MissingSince.ShouldNotBeNull();
        first.Note.ShouldNotBeNull().ShouldContain("org.permission.conversation.read");
        (await TicketAsync(erased)).DeletedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Role_ForSingleConversationsMissing_WhatTheSearchShowsLateCostsTheRunNothing()
    {
        await LoadAsync();
        await RenameAsync(3);
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations", Kind = FaultKind.MissingRole });

        var run = await ReconcileAsync();

        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        run.Note.ShouldNotBeNull().ShouldContain("org.permission.conversation.read");
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
    public async Task Archive_DeletedThere_IsFoundThroughTheArchive()
    {
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).SyncFrom = Place.Clock.GetUtcNow().AddYears(-5));
        await LoadAsync();
        var old = await App.StoredAsync(db => db.Tickets.OrderBy(ticket => ticket.UpdatedAt).Select(ticket => ticket.KustomerId).FirstAsync());
        Place.Acme.Erase(old).ShouldBeTrue();
        Place.Sandbox.Requests.Clear();

        var run = await ReconcileAsync();

        run.Deleted.ShouldBe(1);
        Place.Sandbox.Requests.Counts["acme POST /v1/customers/archive/search"].ShouldBe(1);
        (await TicketAsync(old)).DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SingleConversation_AnsweredAsDeletedOrByItsSurvivor_IsATombstone(bool isMerged)
    {
        await LoadAsync();
        var (gone, survivor) = (Place.Acme.ConversationIds[100], Place.Acme.ConversationIds[101]);
        Place.Acme.Hide(gone);
        Place.Acme.AnswerInstead(gone, isMerged ? survivor : null);

        var run = await ReconcileAsync();

        run.Deleted.ShouldBe(1);
        (await TicketAsync(gone)).DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
        (await TicketAsync(survivor)).DeletedAt.ShouldBeNull();
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

    private async Task NextNightAsync()
    {
        Place.Clock.Advance(TimeSpan.FromHours(25));
        _shown.ForEach(id => Place.Acme.Touch(id));
        (await App.RunSyncAsync(InstanceId)).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    /// <summary>Does something to all that Kustomer has. Beside it the search shows another conversation, always too new to be compared.</summary>
    /// <returns>How many of them are stored.</returns>
    private async Task<int> ToAllAsync(Func<string, bool> act)
    {
        Place.Acme.ConversationIds.ShouldAllBe(id => act(id));
        _shown.Add(Place.Acme.Create("The search shows something"));
        return await StoredCountAsync();
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
    private DateTimeOffset _began;

    [Fact]
    public async Task Created_ShownLaterThanTheOverlap_IsFoundAtNight()
    {
        await LoadAsync();
        var late = Place.Acme.Create("Shown late");

        var night = await PassADayAsync();

        (night.Kind, night.Added).ShouldBe((RunKind.Reconciliation, 1));
        (await TicketAsync(late)).Subject.ShouldBe("Shown late");
        (await App.StoredAsync(db => db.Customers.CountAsync(customer => customer.ConversationCount == null))).ShouldBe(0);
    }

    [Fact]
    public async Task Changed_ShownLaterThanTheOverlap_IsFoundAtNightToo()
    {
        await LoadAsync();
        var changed = Place.Acme.ConversationIds[40];
        Place.Acme.Touch(changed);
        var at = Place.Clock.GetUtcNow();

        var night = await PassADayAsync();

        (night.Kind, night.Updated).ShouldBe((RunKind.Reconciliation, 1));
        (await TicketAsync(changed)).UpdatedAt.ShouldBe(at);
    }

    [Fact]
    public async Task SecondNight_ReadsAgainWhatChangedSinceTheFirstBegan()
    {
        await LoadAsync();
        var first = await PassADayAsync();
        var cursor = (await App.InstanceAsync(InstanceId)).SyncCursor;
        var second = await PassADayAsync();

        (first.WindowTo, second.WindowFrom, second.WindowTo).ShouldBe((first.StartedAt, first.StartedAt, second.StartedAt));
        first.WindowFrom.ShouldBe(_began);
        (await App.InstanceAsync(InstanceId)).SyncCursor.ShouldNotBeNull().ShouldBeGreaterThan(cursor.ShouldNotBeNull());
    }

    private async Task LoadAsync()
    {
        _began = Place.Clock.GetUtcNow();
        await App.RunSyncAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
    }

    /// <summary>Updates that find nothing, and at the end of the day a comparison.</summary>
    private async Task<SyncRun> PassADayAsync()
    {
        for (var quarter = 0; quarter < 6; quarter++)
        {
            // Something newer that is shown in time moves the cursor past it.
            Place.Clock.Advance(TimeSpan.FromMinutes(15));
            await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).SyncCursor = Place.Clock.GetUtcNow().AddMinutes(-1));
            (await App.RunSyncAsync(InstanceId)).ShouldSatisfyAllConditions(run => run.Kind.ShouldBe(RunKind.Update), run => (run.Added + run.Updated).ShouldBe(0, "no update looks so far back"));
        }

        Place.Clock.Advance(TimeSpan.FromHours(25));
        await App.RunSyncAsync(InstanceId);
        return await App.RunSyncAsync(InstanceId);
    }

    protected override SandboxOptions Change(SandboxOptions options) => options with { IndexLag = TimeSpan.FromMinutes(31) };
}

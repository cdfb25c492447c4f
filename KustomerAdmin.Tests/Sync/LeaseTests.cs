using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>Two consoles at one instance: one runs it, the other waits its turn.</summary>
public sealed class LeaseTests : SyncTest
{
    private static readonly TimeSpan s_leaseAndABit = TimeSpan.FromSeconds(61);

    [Fact]
    public async Task Lease_HeldByAnotherConsole_LetsNoRunBegin()
    {
        var theirs = (await App.AnotherConsole().BeginAsync(InstanceId, default)).ShouldNotBeNull().Run;
        var sent = Place.Searches;

        var mine = await App.RunBook.BeginAsync(InstanceId, default);
        await App.RunSyncAsync(InstanceId);

        mine.ShouldBeNull();
        Place.Searches.ShouldBe(sent);
        (await App.InstanceAsync(InstanceId)).LeaseOwner.ShouldBe(theirs.LeaseOwner);
    }

    [Fact]
    public async Task Lease_TenConsolesAtOnce_IsTakenByOne()
    {
        var begun = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => App.AnotherConsole().BeginAsync(InstanceId, default))));

        begun.Count(run => run is not null).ShouldBe(1);
        (await App.StoredAsync(db => db.SyncRuns.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Lease_OfAConsoleThatDied_IsTakenOverWhenItExpires()
    {
        var dead = (await App.AnotherConsole().BeginAsync(InstanceId, default)).ShouldNotBeNull().Run;
        Place.Clock.Advance(TimeSpan.FromSeconds(59));
        var early = await App.RunBook.BeginAsync(InstanceId, default);
        Place.Clock.Advance(TimeSpan.FromSeconds(2));

        var run = await App.RunSyncAsync(InstanceId);

        early.ShouldBeNull();
        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await App.StoredAsync(db => db.SyncRuns.SingleAsync(row => row.Id == dead.RunId))).ShouldSatisfyAllConditions(
            row => row.Outcome.ShouldBe(RunOutcome.Cancelled),
            row => row.EndedAt.ShouldNotBeNull(),
            row => row.Note.ShouldBe(SyncRun.Interrupted));
    }

    [Fact]
    public async Task Commit_OfAHolderThatWasOvertakenInItsSleep_IsRefusedAndChangesNothing()
    {
        var sleeper = App.AnotherConsole();
        var (asleep, _) = (await sleeper.BeginAsync(InstanceId, default)).ShouldNotBeNull();
        Place.Clock.Advance(s_leaseAndABit);
        var ours = await App.RunSyncAsync(InstanceId);
        var before = await App.InstanceAsync(InstanceId);
        var late = new MappedTicket { KustomerId = "late", UpdatedAt = Place.Clock.GetUtcNow(), Channels = [], TagIds = [], Values = [] };

        await Should.ThrowAsync<SyncOvertakenException>(() => App.TicketWriter.WriteAsync(
            asleep, [late], (db, counts, cancellation) => sleeper.CommitPageAsync(db, asleep, counts, Place.Clock.GetUtcNow(), 1, cancellation), default));
        await App.RunEndings.EndAsync(asleep, new RunEnd(RunOutcome.Failed, "Woke too late."));

        ours.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await App.StoredAsync(db => db.Tickets.AnyAsync(ticket => ticket.KustomerId == "late"))).ShouldBeFalse();
        (await App.InstanceAsync(InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.SyncCursor.ShouldBe(before.SyncCursor),
            instance => (instance.Run, instance.RunNote, instance.Failures, instance.NextRunAt).ShouldBe((before.Run, before.RunNote, 0, before.NextRunAt)));
    }

    [Fact]
    public async Task Holder_OvertakenWhileItWaits_IsToldAndStops()
    {
        var (run, _) = (await App.RunBook.BeginAsync(InstanceId, default)).ShouldNotBeNull();
        await using var lease = App.Leases.Keep(run);
        var lost = LostAsync(lease);
        await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).Epoch++);

        Place.Clock.Advance(TimeSpan.FromSeconds(4));

        await lost;
    }

    [Fact]
    public async Task Holder_OverHours_RenewsAndKeepsItsLease()
    {
        var (run, _) = (await App.RunBook.BeginAsync(InstanceId, default)).ShouldNotBeNull();
        await using var lease = App.Leases.Keep(run);
        for (var look = 0; look < 60; look++)
        {
            await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4));
            Place.Clock.Advance(TimeSpan.FromSeconds(3));
            (await App.AnotherConsole().BeginAsync(InstanceId, default)).ShouldBeNull();
        }

        lease.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task Holder_WhoseDatabaseIsGone_StopsBeforeItsLeaseRunsOut()
    {
        var (run, _) = (await App.RunBook.BeginAsync(InstanceId, default)).ShouldNotBeNull();
        await using var lease = App.Leases.Keep(run);
        var lost = LostAsync(lease);
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Instances RENAME TO Elsewhere"));
        var stopsAt = 0;
        for (; !lost.IsCompleted && stopsAt < 60; stopsAt += 3)
        {
            await Task.WhenAny(lost, Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)));
            Place.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        await lost;
        stopsAt.ShouldBeInRange(42, 54);
    }

    [Fact]
    public async Task Epoch_OverAHundredRuns_StrictlyGrows()
    {
        List<long> epochs = [];
        for (var restart = 0; restart < 100; restart++)
        {
            var (run, _) = (await App.AnotherConsole().BeginAsync(InstanceId, default)).ShouldNotBeNull();
            epochs.Add(run.Epoch);
            if (restart % 2 == 0)
            {
                Place.Clock.Advance(s_leaseAndABit);
            }
            else
            {
                await App.RunEndings.EndAsync(run, new RunEnd(RunOutcome.Succeeded, null));
            }
        }

        epochs.Zip(epochs.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
    }

    private static async Task LostAsync(LeaseKeeper lease)
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lease.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}

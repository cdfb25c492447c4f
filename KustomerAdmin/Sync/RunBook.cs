using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>Writes down that a run began, waits, and has committed a page, on the instance and in the run's own row.</summary>
internal sealed class RunBook(IDbContextFactory<AppDbContext> contexts, Leases leases, InstanceEvents events, TimeProvider time)
{
    /// <summary>Takes the instance's lease and decides what is to be done.</summary>
    /// <returns>Null when the instance may not run (any more), or another run is under way.</returns>
    public async Task<(SyncRunState Run, DateTimeOffset? Cursor)?> BeginAsync(long instanceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var begun = await db.TransactAsync(async cancellation =>
        {
            if (await leases.TakeAsync(db, instanceId, cancellation) is not { } owner)
            {
                return default((SyncRunState, DateTimeOffset?)?);
            }

            var now = time.GetUtcNow();
            var instance = await db.Instances.SingleAsync(instance => instance.Id == instanceId, cancellation);
            await CloseOrphansAsync(db, instanceId, now, cancellation);
            var last = await db.SyncRuns.AsNoTracking().Where(run => run.InstanceId == instanceId).OrderByDescending(run => run.Id).FirstOrDefaultAsync(cancellation);
            var row = new SyncRun { InstanceId = instanceId, Kind = RunPlan.KindOf(instance, last, await Comparisons.LastAsync(db, instanceId, cancellation), now), StartedAt = now, StartedBy = instance.RunRequestedBy };
            var leftovers = await LeftoversAsync(db, instanceId, last, cancellation);
            db.SyncRuns.Add(row);
            (instance.Run, instance.RunNote, instance.WaitingUntil, instance.RunRequestedBy) = (RunState.Syncing, null, null, null);
            await db.SaveChangesAsync(cancellation);
            var run = new SyncRunState(row.Id, instanceId, instance.Epoch, row.StartedBy) { LeaseOwner = owner, Kind = row.Kind, BeganAt = now, Leftovers = leftovers };
            return (run, instance.SyncCursor);
        }, cancellationToken);
        if (begun is not null)
        {
            events.Publish(instanceId);
        }

        return begun;
    }

    /// <summary>Shows that the run waits for the rate limit; null ends the wait.</summary>
    public async Task WaitAsync(SyncRunState run, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Instances.Where(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch)
            .ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.Run, until is null ? RunState.Syncing : RunState.Waiting)
                .SetProperty(instance => instance.WaitingUntil, until), cancellationToken);
        events.Publish(run.InstanceId);
    }

    /// <summary>Notes what is asked for, for people who look at the run.</summary>
    public async Task OpenWindowAsync(SyncRunState run, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.SyncRuns.Where(row => row.Id == run.RunId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.WindowFrom, from).SetProperty(row => row.WindowTo, to), cancellationToken);
    }

    /// <summary>Moves cursor and counters, in the transaction that writes the page.</summary>
    /// <exception cref="SyncOvertakenException">The instance's epoch is no longer the run's.</exception>
    public async Task CommitPageAsync(AppDbContext db, SyncRunState run, PageCounts counts, DateTimeOffset? cursor, int requests, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var changed = await db.Instances.Where(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch)
            .ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.SyncCursor, instance => cursor ?? instance.SyncCursor)
                .SetProperty(instance => instance.TicketCount, instance => instance.TicketCount + counts.Growth)
                .SetProperty(instance => instance.LastDataAt, instance => counts.HasNews ? now : instance.LastDataAt), cancellationToken);
        if (changed == 0)
        {
            throw new SyncOvertakenException();
        }

        await db.SyncRuns.Where(row => row.Id == run.RunId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Pages, row => row.Pages + 1)
                .SetProperty(row => row.Requests, row => row.Requests + requests)
                .SetProperty(row => row.Added, row => row.Added + counts.Added)
                .SetProperty(row => row.Updated, row => row.Updated + counts.Updated)
                .SetProperty(row => row.Unchanged, row => row.Unchanged + counts.Unchanged)
                .SetProperty(row => row.Deleted, row => row.Deleted + counts.Deleted)
                .SetProperty(row => row.Unreadable, row => row.Unreadable + counts.Unreadable), cancellationToken);
    }

    /// <summary>The lease was free, so whoever carried these out has ended without a word.</summary>
    private static Task<int> CloseOrphansAsync(AppDbContext db, long instanceId, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.SyncRuns.Where(run => run.InstanceId == instanceId && run.Outcome == RunOutcome.Running)
            .ExecuteUpdateAsync(set => set
                .SetProperty(run => run.Outcome, RunOutcome.Cancelled)
                .SetProperty(run => run.EndedAt, now)
                .SetProperty(run => run.Note, SyncRun.Interrupted), cancellationToken);

    private static async Task<Leftovers?> LeftoversAsync(AppDbContext db, long instanceId, SyncRun? last, CancellationToken cancellationToken) =>
        last is null or { Outcome: RunOutcome.Succeeded } ? null
            : new Leftovers(await db.SyncRuns.Where(run => run.InstanceId == instanceId && run.Outcome == RunOutcome.Succeeded).MaxAsync(run => (DateTimeOffset?)run.StartedAt, cancellationToken));
}

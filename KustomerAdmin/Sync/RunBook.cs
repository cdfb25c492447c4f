using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>Writes down that a run began, waits, and how it ended, on the instance and in the run's own row.</summary>
internal sealed class RunBook(IDbContextFactory<AppDbContext> contexts, InstanceEvents events, RequestLedger ledger, TimeProvider time)
{
    /// <returns>Null when the instance may not run (any more).</returns>
    public async Task<(SyncRunState Run, DateTimeOffset? Cursor)?> BeginAsync(long instanceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Instances.FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken) is not { Credential: CredentialState.Connected } instance)
        {
            return null;
        }

        var leftovers = await LeftoversAsync(db, instanceId, cancellationToken);
        var row = new SyncRun { InstanceId = instanceId, StartedAt = time.GetUtcNow(), StartedBy = instance.RunRequestedBy };
        db.SyncRuns.Add(row);
        (instance.Run, instance.RunNote, instance.RunRequestedBy) = (RunState.Syncing, null, null);
        await db.SaveChangesAsync(cancellationToken);
        events.Publish(instanceId);
        return (new SyncRunState(row.Id, instanceId, instance.Epoch, row.StartedBy) { Leftovers = leftovers }, instance.SyncCursor);
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

    /// <summary>Moves cursor and counters, in the transaction that writes the page.</summary>
    /// <exception cref="SyncOvertakenException">The instance's epoch is no longer the run's.</exception>
    public async Task CommitPageAsync(AppDbContext db, SyncRunState run, PageCounts counts, DateTimeOffset? cursor, int requests, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var changed = await db.Instances.Where(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch)
            .ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.SyncCursor, instance => cursor ?? instance.SyncCursor)
                .SetProperty(instance => instance.TicketCount, instance => instance.TicketCount + counts.Added)
                .SetProperty(instance => instance.RequestCount, instance => instance.RequestCount + requests)
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
                .SetProperty(row => row.Unreadable, row => row.Unreadable + counts.Unreadable), cancellationToken);
    }

    /// <summary>Closes the run. An instance that was changed meanwhile keeps what it was changed to.</summary>
    public async Task EndAsync(SyncRunState run, RunOutcome outcome, string? note, int requests, DateTimeOffset nextRunAt)
    {
        // Not cancellable: how a run ended is written down even when the console stops.
        await ledger.FlushAsync(CancellationToken.None);
        await using var db = await contexts.CreateDbContextAsync();
        var now = time.GetUtcNow();
        await db.SyncRuns.Where(row => row.Id == run.RunId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.EndedAt, now)
                .SetProperty(row => row.Outcome, outcome)
                .SetProperty(row => row.Note, note)
                .SetProperty(row => row.Requests, row => row.Requests + requests));
        await db.Instances.Where(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch)
            .ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.Run, outcome is RunOutcome.Failed ? RunState.Failed : RunState.Idle)
                .SetProperty(instance => instance.RunNote, note)
                .SetProperty(instance => instance.WaitingUntil, (DateTimeOffset?)null)
                .SetProperty(instance => instance.LastRanAt, now)
                .SetProperty(instance => instance.NextRunAt, nextRunAt)
                .SetProperty(instance => instance.RequestCount, instance => instance.RequestCount + requests));
        events.Publish(run.InstanceId);
    }

    private static async Task<Leftovers?> LeftoversAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        var last = await db.SyncRuns.Where(run => run.InstanceId == instanceId).OrderByDescending(run => run.Id).Select(run => (RunOutcome?)run.Outcome).FirstOrDefaultAsync(cancellationToken);
        return last is null or RunOutcome.Succeeded ? null
            : new Leftovers(await db.SyncRuns.Where(run => run.InstanceId == instanceId && run.Outcome == RunOutcome.Succeeded).MaxAsync(run => (DateTimeOffset?)run.StartedAt, cancellationToken));
    }

    /// <summary>Kustomer rejected the key in the middle of a run: nothing is sent any more until somebody gives another one.</summary>
    public async Task RejectKeyAsync(SyncRunState run, string note)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.Instances.Where(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch)
            .ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.Credential, CredentialState.NotAuthenticated)
                .SetProperty(instance => instance.CredentialNote, note)
                .SetProperty(instance => instance.NextRunAt, (DateTimeOffset?)null));
    }
}

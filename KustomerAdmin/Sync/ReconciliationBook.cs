using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>Writes down what a reconciliation found and how far it has come; all of it only under the run's epoch.</summary>
internal sealed class ReconciliationBook(IDbContextFactory<AppDbContext> contexts, InstanceEvents events, TimeProvider time)
{
    /// <summary>Ids in one statement; SQL Server takes two thousand parameters.</summary>
    private const int MostIds = 500;

    /// <summary>When the comparison before this one began, and whether this one has read again what changed since.</summary>
    public async Task<(DateTimeOffset? Before, bool IsGoingOn)> BeforeAsync(SyncRunState run, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isGoingOn = await db.Instances.AnyAsync(instance => instance.Id == run.InstanceId && instance.ReconcileCursor != null, cancellationToken);
        var runs = db.SyncRuns.Where(row => row.InstanceId == run.InstanceId);
        var before = await runs.Where(row => row.Kind == RunKind.Reconciliation && row.WindowTo != null)
            .OrderByDescending(row => row.Id).Skip(isGoingOn ? 1 : 0).Select(row => row.WindowTo).FirstOrDefaultAsync(cancellationToken);
        return (before ?? await runs.Where(row => row.Kind == RunKind.FirstLoad).MinAsync(row => (DateTimeOffset?)row.StartedAt, cancellationToken), isGoingOn);
    }

    /// <summary>What changed up to then is read: the next comparison begins there.</summary>
    public async Task NoteBeginningAsync(SyncRunState run, DateTimeOffset? from, DateTimeOffset began, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.SyncRuns.Where(row => row.Id == run.RunId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.WindowFrom, from).SetProperty(row => row.WindowTo, began), cancellationToken);
    }

    /// <summary>The tombstones of a bucket, and the reconciliation's cursor, in one transaction.</summary>
    /// <exception cref="SyncOvertakenException">The instance's epoch is no longer the run's. Nothing was written.</exception>
    public async Task CommitAsync(SyncRunState run, Bucket bucket, IReadOnlyCollection<MissingTicket> gone, IReadOnlyCollection<MissingTicket> waiting, int unchanged, int requests, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.TransactAsync(async cancellation =>
        {
            var now = time.GetUtcNow();
            await MarkAsync(db, gone, tickets => tickets.ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.DeletedAt, now).SetProperty(ticket => ticket.MissingSince, ticket => ticket.MissingSince ?? now), cancellation));

            // Missed the last time and seen now: there, as if nothing had been.
            await bucket.Of(db, run.InstanceId).Where(ticket => ticket.MissingSince != null)
                .ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.MissingSince, (DateTimeOffset?)null), cancellation);
            await MarkAsync(db, waiting, tickets => tickets.ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.MissingSince, now), cancellation));
            await ChangeAsync(db, run, set => set
                .SetProperty(instance => instance.ReconcileCursor, bucket.To)
                .SetProperty(instance => instance.TicketCount, instance => instance.TicketCount - gone.Count)
                .SetProperty(instance => instance.LastDataAt, instance => gone.Count > 0 ? now : instance.LastDataAt), cancellation);
            return await db.SyncRuns.Where(row => row.Id == run.RunId)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.Deleted, row => row.Deleted + gone.Count)
                    .SetProperty(row => row.Unchanged, row => row.Unchanged + unchanged)
                    .SetProperty(row => row.Requests, row => row.Requests + requests), cancellation);
        }, cancellationToken);
        events.Publish(run.InstanceId);
    }

    /// <summary>Everything was compared; the instance's count is taken from what is there.</summary>
    /// <exception cref="SyncOvertakenException">The instance's epoch is no longer the run's. Nothing was written.</exception>
    public async Task FinishAsync(SyncRunState run, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.TransactAsync(async cancellation =>
        {
            var now = time.GetUtcNow();
            var count = await db.Tickets.LongCountAsync(ticket => ticket.InstanceId == run.InstanceId && ticket.DeletedAt == null, cancellation);
            return await ChangeAsync(db, run, set => set
                .SetProperty(instance => instance.ReconcileCursor, (DateTimeOffset?)null)
                .SetProperty(instance => instance.ReconciledAt, now)
                .SetProperty(instance => instance.TicketCount, count), cancellation);
        }, cancellationToken);
    }

    private static async Task<int> ChangeAsync(
        AppDbContext db, SyncRunState run, Action<Microsoft.EntityFrameworkCore.Query.UpdateSettersBuilder<Instance>> set, CancellationToken cancellationToken) =>
        await db.Instances.Where(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch).ExecuteUpdateAsync(set, cancellationToken) is > 0 and var changed
            ? changed
            : throw new SyncOvertakenException();

    private static async Task MarkAsync(AppDbContext db, IReadOnlyCollection<MissingTicket> tickets, Func<IQueryable<Ticket>, Task<int>> markAsync)
    {
        foreach (var some in tickets.Chunk(MostIds))
        {
            var ids = some.Select(ticket => ticket.Id).ToList();
            await markAsync(db.Tickets.Where(ticket => ids.Contains(ticket.Id)));
        }
    }
}

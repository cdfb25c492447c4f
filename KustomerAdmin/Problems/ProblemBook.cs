using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Problems;

/// <summary>Keeps the book of problems in step with the instances: opens what is new, closes what is over, and writes down who is to be told in the same transaction.</summary>
internal sealed class ProblemBook(IDbContextFactory<AppDbContext> contexts, SyncPace pace, ProblemEvents events, TimeProvider time)
{
    public async Task<IReadOnlyList<long>> InstancesAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Instances.Select(instance => instance.Id).ToListAsync(cancellationToken);
    }

    public async Task UpdateAsync(long instanceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // First without a transaction, which would take turns with a sync's: nearly always nothing is new.
        if (!(await LookAsync(db, instanceId, cancellationToken)).IsInStep)
        {
            await db.TransactAsync(cancellation => BringInStepAsync(db, instanceId, cancellation), cancellationToken);
            events.Publish();
        }
    }

    private async Task<Look> LookAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        var entry = await db.Instances.AsNoTracking().Where(instance => instance.Id == instanceId)
            .Select(instance => new { Instance = instance, Unreadable = db.QuarantinedRecords.Count(record => record.InstanceId == instance.Id) })
            .FirstOrDefaultAsync(cancellationToken);
        var comparison = await Comparisons.LastAsync(db, instanceId, cancellationToken);
        var open = await db.Problems.Where(problem => problem.InstanceId == instanceId && problem.ClosedAt == null).ToListAsync(cancellationToken);
        return new Look(entry is null ? [] : [.. ProblemRules.Of(entry.Instance, entry.Unreadable, comparison, pace.Interval, time.GetUtcNow())], open);
    }

    private async Task<int> BringInStepAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var look = await LookAsync(db, instanceId, cancellationToken);
        foreach (var over in look.Over)
        {
            over.ClosedAt = now;
            await TellAsync(db, over, isOver: true, now, cancellationToken);
        }

        // Before another of the same kind is opened: one of a kind may be open.
        await db.SaveChangesAsync(cancellationToken);
        foreach (var found in look.Found)
        {
            var known = look.Match(found);
            var isNews = known is null || found.Stage > known.Stage;
            if (known is null)
            {
                known = found.Open(instanceId, now);
                db.Problems.Add(known);
            }
            else
            {
                found.Update(known);
            }

            await db.SaveChangesAsync(cancellationToken);
            if (isNews)
            {
                await TellAsync(db, known, isOver: false, now, cancellationToken);
            }
        }

        return await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>That it is over is told only to those who were to be told of it.</summary>
    private static async Task TellAsync(AppDbContext db, Problem problem, bool isOver, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var targets = await db.NotificationTargets.Where(target => target.InstanceId == problem.InstanceId
                && (!isOver || db.NotificationDeliveries.Any(delivery => delivery.ProblemId == problem.Id && delivery.TargetId == target.Id)))
            .Select(target => target.Id).ToListAsync(cancellationToken);
        db.NotificationDeliveries.AddRange(targets.Select(target => new NotificationDelivery { TargetId = target, ProblemId = problem.Id, IsOver = isOver, Stage = problem.Stage, CreatedAt = now, NextAttemptAt = now }));
    }

    /// <summary>What is wrong now beside what is open in the book.</summary>
    private sealed record Look(IReadOnlyList<FoundProblem> Found, IReadOnlyList<Problem> Open)
    {
        public bool IsInStep => !Over.Any() && Found.All(found => Match(found) is { } known && found.IsAs(known));

        public IEnumerable<Problem> Over => Open.Where(problem => !Found.Any(found => found.IsOf(problem)));

        public Problem? Match(FoundProblem found) => Open.FirstOrDefault(found.IsOf);
    }
}

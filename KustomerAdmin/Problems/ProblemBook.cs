using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Problems;

/// <summary>Keeps the book of problems in step with the instances: opens what is new, closes what is over, and writes who is to be told in the same transaction.</summary>
internal sealed class ProblemBook(IDbContextFactory<AppDbContext> contexts, SyncPace pace, ProblemEvents events, TimeProvider time)
{
    /// <param name="instanceId">Null for all.</param>
    public async Task UpdateAsync(long? instanceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instances = await db.Instances.AsNoTracking().Where(instance => instanceId == null || instance.Id == instanceId)
            .Select(instance => new { Instance = instance, Unreadable = db.QuarantinedRecords.Count(record => record.InstanceId == instance.Id) })
            .ToListAsync(cancellationToken);
        foreach (var entry in instances)
        {
            var found = ProblemRules.Of(entry.Instance, entry.Unreadable, pace.Interval, time.GetUtcNow()).ToList();
            if (await db.TransactAsync(cancellation => UpdateAsync(db, entry.Instance.Id, found, cancellation), cancellationToken))
            {
                events.Publish();
            }
        }
    }

    /// <returns>Whether anything changed.</returns>
    private async Task<bool> UpdateAsync(AppDbContext db, long instanceId, List<FoundProblem> found, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var open = await db.Problems.Where(problem => problem.InstanceId == instanceId && problem.ClosedAt == null).ToListAsync(cancellationToken);
        foreach (var over in open.Where(problem => !found.Exists(one => one.Kind == problem.Kind)))
        {
            over.ClosedAt = now;
            await TellAsync(db, over, isOver: true, now, cancellationToken);
        }

        foreach (var one in found)
        {
            if (open.Find(problem => problem.Kind == one.Kind) is not { } known)
            {
                known = new Problem { InstanceId = instanceId, Kind = one.Kind, Cause = one.Cause, Affects = one.Affects, NextStep = one.NextStep, Stage = one.Stage, OpenedAt = now };
                db.Problems.Add(known);
                await db.SaveChangesAsync(cancellationToken);
                await TellAsync(db, known, isOver: false, now, cancellationToken);
            }
            else
            {
                var isMoreUrgent = one.Stage > known.Stage;
                (known.Cause, known.Affects, known.NextStep, known.Stage) = (one.Cause, one.Affects, one.NextStep, one.Stage);
                if (isMoreUrgent)
                {
                    await TellAsync(db, known, isOver: false, now, cancellationToken);
                }
            }
        }

        return await db.SaveChangesAsync(cancellationToken) > 0;
    }

    /// <summary>That it is over is told only to those who were told of it.</summary>
    private static async Task TellAsync(AppDbContext db, Problem problem, bool isOver, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var targets = await db.NotificationTargets.Where(target => target.InstanceId == problem.InstanceId && target.IsOn
                && (!isOver || db.NotificationDeliveries.Any(delivery => delivery.ProblemId == problem.Id && delivery.TargetId == target.Id)))
            .Select(target => target.Id).ToListAsync(cancellationToken);
        db.NotificationDeliveries.AddRange(targets.Select(target => new NotificationDelivery { TargetId = target, ProblemId = problem.Id, IsOver = isOver, Stage = problem.Stage, CreatedAt = now, NextAttemptAt = now }));
    }
}

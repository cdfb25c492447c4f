using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>
/// Removes the stored values of excluded fields, some tickets at a time and each time with how far it has come: killed anywhere, the next process goes on from there.
/// </summary>
internal sealed class FieldPurger(IDbContextFactory<AppDbContext> contexts, InstanceEvents events, TimeProvider time)
{
    private const long LargestBatch = 50_000;

    /// <summary>How long a batch is to take. SQLite has one writer: nobody waits longer than this and what it is missed by.</summary>
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(80);

    /// <summary>Longer than SQLite's provider sleeps between two looks whether it may write: whoever waits gets in between two batches.</summary>
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan s_untilReadersAreGone = TimeSpan.FromMilliseconds(500);

    /// <summary>Tickets. Of fewer, what a commit costs whatever it holds would be most of it, and on a busy machine fewer and fewer would not make it shorter.</summary>
    internal long SmallestBatch { get; set; } = 2500;

    /// <returns>False when there is nothing to purge.</returns>
    public async Task<bool> PurgeNextAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var next = await db.FieldPurges.AsNoTracking().Where(purge => purge.EndedAt == null).OrderBy(purge => purge.Id)
            .Join(db.MetadataFields, purge => purge.FieldId, field => field.Id, (purge, field) => new { Purge = purge, Field = field }).FirstOrDefaultAsync(cancellationToken);
        if (next is null)
        {
            return false;
        }

        // A ticket that comes later has no value of the field.
        var last = await db.Tickets.MaxAsync(ticket => (long?)ticket.Id, cancellationToken) ?? 0;
        var batch = SmallestBatch;
        for (var done = next.Purge.LastTicketId; done < last;)
        {
            var upTo = Math.Min(done + batch, last);
            if (await PurgeAsync(db, next.Purge.Id, next.Field, done, upTo, cancellationToken) is not { } took)
            {
                // Another console is at it as well.
                return true;
            }

            (done, batch) = (upTo, NextBatch(batch, took));
            events.Publish(next.Field.InstanceId);
            if (took > TimeSpan.Zero)
            {
                await Task.Delay(took * 2 < s_longestPause ? took * 2 : s_longestPause, time, cancellationToken);
            }
        }

        await EndAsync(db, next.Purge.Id, next.Field, cancellationToken);
        return true;
    }

    internal long NextBatch(long batch, TimeSpan took) =>
        Math.Clamp((long)(batch * Math.Clamp(s_batch / (took > TimeSpan.Zero ? took : s_batch / 2), 0.25, 2)), SmallestBatch, LargestBatch);

    /// <returns>How long it held the database; null when it was not where it was expected to be.</returns>
    private async Task<TimeSpan?> PurgeAsync(AppDbContext db, long purgeId, MetadataField field, long after, long upTo, CancellationToken cancellationToken)
    {
        long began = 0;
        var isOurs = await db.TransactAsync(
            async cancellation =>
            {
                began = time.GetTimestamp();
                await FieldCatalog.ClaimAsync(db, field.InstanceId, cancellation);
                if (!await db.FieldPurges.AnyAsync(purge => purge.Id == purgeId && purge.LastTicketId == after && purge.EndedAt == null, cancellation))
                {
                    return false;
                }

                var removed = await new FieldValues(db, field.InstanceId, field.Key, field.Id).RemoveAsync(after, upTo, cancellation);
                await db.FieldPurges.Where(purge => purge.Id == purgeId)
                    .ExecuteUpdateAsync(set => set.SetProperty(purge => purge.LastTicketId, upTo).SetProperty(purge => purge.Removed, purge => purge.Removed + removed), cancellation);
                return true;
            },
            cancellationToken);
        return isOurs ? time.GetElapsedTime(began) : null;
    }

    /// <summary>The receipt is given when the values are gone from the write-ahead log, too.</summary>
    private async Task EndAsync(AppDbContext db, long purgeId, MetadataField field, CancellationToken cancellationToken)
    {
        while (!await db.TryEraseTracesAsync(cancellationToken))
        {
            await Task.Delay(s_untilReadersAreGone, time, cancellationToken);
        }

        await db.TransactAsync(
            async cancellation =>
            {
                await FieldCatalog.ClaimAsync(db, field.InstanceId, cancellation);
                if (await db.FieldPurges.FirstOrDefaultAsync(purge => purge.Id == purgeId && purge.EndedAt == null, cancellation) is { } purge)
                {
                    purge.EndedAt = time.GetUtcNow();
                    var instance = await db.Instances.Where(instance => instance.Id == field.InstanceId).Select(instance => instance.Name).FirstAsync(cancellation);
                    db.AuditEntries.Add(AuditLog.NewEntry(purge.EndedAt.Value, Actor.System, AuditActions.FieldPurged, instance, AuditOutcome.Succeeded,
                        string.Create(CultureInfo.InvariantCulture, $"{field.Key}: {purge.Removed:N0} values, excluded by {purge.RequestedBy}")));
                }

                return await db.SaveChangesAsync(cancellation);
            },
            cancellationToken);
        events.Publish(field.InstanceId);
    }
}

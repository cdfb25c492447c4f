using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync.Storing;

/// <summary>Keeps what is known of records that cannot be read, until they can be. The records themselves are not kept.</summary>
internal sealed class Quarantine(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>Ids are kept up to here (the column's length); a longer one is none of Kustomer's.</summary>
    private const int LongestId = 50;

    /// <summary>Those with an id that were last met before then, longest ago first.</summary>
    public async Task<List<MissingTicket>> UnseenAsync(long instanceId, DateTimeOffset? before, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.QuarantinedRecords.Where(record => record.InstanceId == instanceId && record.KustomerId != null && record.LastSeenAt < before)
            .OrderBy(record => record.LastSeenAt).Take(most).Select(record => new MissingTicket(record.Id, record.KustomerId!, null)).ToListAsync(cancellationToken);
    }

    /// <summary>Takes those that are gone off the list, and those without an id that were last met before then: nobody could ask for them.</summary>
    /// <exception cref="SyncOvertakenException">The instance's epoch is no longer the run's. Nothing was written.</exception>
    public async Task ForgetAsync(SyncRunState run, IReadOnlyCollection<MissingTicket> gone, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        var ids = gone.Select(static record => record.Id).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.TransactAsync(
            async cancellation => await db.Instances.AnyAsync(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch, cancellation)
                ? await db.QuarantinedRecords.Where(record => record.InstanceId == run.InstanceId && (ids.Contains(record.Id) || (record.KustomerId == null && record.LastSeenAt < before)))
                    .ExecuteDeleteAsync(cancellation)
                : throw new SyncOvertakenException(),
            cancellationToken);
    }

    /// <summary>In the transaction that stores the page.</summary>
    public async Task KeepAsync(AppDbContext db, long instanceId, RecordPage<MappedTicket> page, CancellationToken cancellationToken)
    {
        var kept = db.QuarantinedRecords.Where(record => record.InstanceId == instanceId);
        var unreadable = page.Unreadable.DistinctBy(static record => record.Fingerprint, StringComparer.Ordinal).ToList();
        var known = await kept.Select(record => new { record.Id, record.KustomerId, record.Fingerprint }).ToListAsync(cancellationToken);
        if (known.Count == 0 && unreadable.Count == 0)
        {
            return;
        }

        // Of a record that changed and still cannot be read, only how it came last.
        var readable = page.Records.Select(static ticket => ticket.KustomerId).Concat(unreadable.Select(static record => record.Id).OfType<string>()).ToHashSet(StringComparer.Ordinal);
        var seen = unreadable.Select(static record => record.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var over = known.Where(record => record.KustomerId is { } id && readable.Contains(id) && !seen.Contains(record.Fingerprint)).Select(static record => record.Id).ToList();
        if (over.Count > 0)
        {
            await kept.Where(record => over.Contains(record.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        var now = time.GetUtcNow();
        var before = known.Select(static record => record.Fingerprint).ToHashSet(StringComparer.Ordinal);
        foreach (var record in unreadable)
        {
            var reason = record.Reason.Length > QuarantinedRecord.ReasonLength ? record.Reason[..QuarantinedRecord.ReasonLength] : record.Reason;
            if (before.Contains(record.Fingerprint))
            {
                await kept.Where(one => one.Fingerprint == record.Fingerprint)
                    .ExecuteUpdateAsync(set => set.SetProperty(one => one.LastSeenAt, now).SetProperty(one => one.Reason, reason), cancellationToken);
                continue;
            }

            db.QuarantinedRecords.Add(new QuarantinedRecord
            {
                InstanceId = instanceId,
                KustomerId = record.Id is { Length: > 0 and <= LongestId } id ? id : null,
                Fingerprint = record.Fingerprint,
                Reason = reason,
                FirstSeenAt = now,
                LastSeenAt = now,
            });
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync.Statistics;

/// <summary>
/// Keeps the statistics by which filters choose how they ask. They are measured anew once runs have changed a quarter of an instance's tickets, field
/// by field: a reader for the fraction of a second that an index takes, and no writer for longer than one row.
/// </summary>
internal sealed class StatisticsKeeper(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    private const int SharesOfTickets = 4;

    /// <summary>After a run of the instance, whatever its outcome: what it stored is stored.</summary>
    public async Task KeepAsync(long instanceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Of a column that one instance leaves out nothing is kept: its values may not all be gone yet.
        var leftOut = await db.MetadataFields.Where(field => field.Storage != FieldStorage.Stored).Select(field => new { field.Id, field.Key }).ToListAsync(cancellationToken);
        var (leftOutIds, leftOutKeys) = (leftOut.ConvertAll(field => field.Id), leftOut.ConvertAll(field => field.Key));
        await db.FieldStatistics.Where(statistics => leftOutIds.Contains(statistics.FieldId)).ExecuteDeleteAsync(cancellationToken);
        await db.ColumnStatistics.Where(statistics => leftOutKeys.Contains(statistics.Key)).ExecuteDeleteAsync(cancellationToken);

        await KeepFieldsAsync(db, instanceId, cancellationToken);
        await KeepColumnsAsync(db, leftOutKeys, cancellationToken);
    }

    private async Task KeepFieldsAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        var stored = db.MetadataFields.AsNoTracking().Where(field => field.InstanceId == instanceId && field.Storage == FieldStorage.Stored);
        var known = db.FieldStatistics.Where(statistics => stored.Any(field => field.Id == statistics.FieldId));
        var isDue = await IsDueAsync(known, db.SyncRuns.Where(run => run.InstanceId == instanceId), db.Instances.Where(instance => instance.Id == instanceId), cancellationToken);
        foreach (var field in await stored.Where(field => isDue || !db.FieldStatistics.Any(statistics => statistics.FieldId == field.Id)).ToListAsync(cancellationToken))
        {
            var measured = await MeasureAsync(db.TicketMetadata.Where(value => value.FieldId == field.Id), field.Type, cancellationToken);
            await StoreAsync(db, db.MetadataFields.Where(same => same.Id == field.Id), async cancellation => await db.FieldStatistics.FindAsync([field.Id], cancellation) ?? db.Add(new FieldStatistics { FieldId = field.Id }).Entity, measured, cancellationToken);
        }
    }

    private async Task KeepColumnsAsync(AppDbContext db, List<string> leftOut, CancellationToken cancellationToken)
    {
        if (!await IsDueAsync(db.ColumnStatistics, db.SyncRuns, db.Instances, cancellationToken))
        {
            return;
        }

        foreach (var (key, measureAsync) in ColumnMeasures.All.Where(column => !leftOut.Contains(column.Key, StringComparer.Ordinal)))
        {
            var measured = await measureAsync(db, cancellationToken);
            await StoreAsync(db, db.MetadataFields.Where(same => same.Key == key), async cancellation => await db.ColumnStatistics.FindAsync([key], cancellation) ?? db.Add(new ColumnStatistics { Key = key }).Entity, measured, cancellationToken);
        }

        await db.AnalyzeAsync(cancellationToken);
    }

    private static async Task<bool> IsDueAsync(IQueryable<ValueStatistics> known, IQueryable<SyncRun> runs, IQueryable<Instance> instances, CancellationToken cancellationToken)
    {
        var measuredAt = await known.MinAsync(statistics => (DateTimeOffset?)statistics.MeasuredAt, cancellationToken) ?? DateTimeOffset.MinValue;
        var changed = await runs.Where(run => run.EndedAt > measuredAt).SumAsync(run => (long)run.Added + run.Updated + run.Deleted, cancellationToken);
        return changed * SharesOfTickets > await instances.SumAsync(instance => instance.TicketCount, cancellationToken);
    }

    private static Task<Measured> MeasureAsync(IQueryable<TicketMetadata> values, MetadataType type, CancellationToken cancellationToken) => type switch
    {
        MetadataType.Text => ValueMeasure.OfTextsAsync(values.Select(value => value.TextValue), cancellationToken),
        MetadataType.Date => ValueMeasure.OfDatesAsync(values.Select(value => value.DateValue), cancellationToken),
        MetadataType.Number or MetadataType.Boolean => ValueMeasure.OfNumbersAsync(values.Select(value => value.NumberValue), cancellationToken),
    };

    /// <summary>Not what was excluded while it was measured: a decision about a field comes before this or after it.</summary>
    private async Task StoreAsync<T>(AppDbContext db, IQueryable<MetadataField> about, Func<CancellationToken, Task<T>> findAsync, Measured measured, CancellationToken cancellationToken)
        where T : ValueStatistics
    {
        await db.TransactAsync(
            async cancellation =>
            {
                await FieldCatalog.ClaimAllAsync(db, cancellation);
                if (!await about.AnyAsync(static field => field.Storage != FieldStorage.Stored, cancellation))
                {
                    measured.WriteTo(await findAsync(cancellation), time.GetUtcNow());
                }

                return await db.SaveChangesAsync(cancellation);
            },
            cancellationToken);
        db.ChangeTracker.Clear();
    }
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync.Statistics;

/// <summary>
/// Keeps the statistics by which filters choose how they ask. A field is measured anew once runs have changed a quarter as many tickets as had it, so that
/// what was rare once does not pass for rare for long: a reader for the fraction of a second that an index takes, and no writer for longer than one row.
/// </summary>
internal sealed class StatisticsKeeper(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    private const int SharesOfTickets = 4;

    /// <summary>A filter does as well to begin with a field that fewer tickets have; how many fewer makes no difference.</summary>
    private const int FewTickets = 1000;

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
        var known = await db.FieldStatistics.AsNoTracking().Where(statistics => stored.Any(field => field.Id == statistics.FieldId))
            .Select(statistics => new { statistics.FieldId, statistics.Tickets, statistics.MeasuredAt }).ToDictionaryAsync(statistics => statistics.FieldId, cancellationToken);
        var tickets = await db.Instances.Where(instance => instance.Id == instanceId).SumAsync(instance => instance.TicketCount, cancellationToken);
        var changes = await ChangesAsync(db.SyncRuns.Where(run => run.InstanceId == instanceId), known.Values.Select(static statistics => statistics.MeasuredAt).DefaultIfEmpty().Min(), cancellationToken);
        foreach (var field in await stored.ToListAsync(cancellationToken))
        {
            if (known.TryGetValue(field.Id, out var last) && !IsDue(changes, last.MeasuredAt, Math.Min(tickets, Math.Max(FewTickets, last.Tickets))))
            {
                continue;
            }

            var measured = await MeasureAsync(db.TicketMetadata.Where(value => value.FieldId == field.Id), field.Type, cancellationToken);
            await StoreAsync(db, db.MetadataFields.Where(same => same.Id == field.Id), async cancellation => await db.FieldStatistics.FindAsync([field.Id], cancellation) ?? db.Add(new FieldStatistics { FieldId = field.Id }).Entity, measured, cancellationToken);
        }
    }

    private async Task KeepColumnsAsync(AppDbContext db, List<string> leftOut, CancellationToken cancellationToken)
    {
        var measuredAt = await db.ColumnStatistics.MinAsync(statistics => (DateTimeOffset?)statistics.MeasuredAt, cancellationToken) ?? DateTimeOffset.MinValue;
        var tickets = await db.Instances.SumAsync(instance => instance.TicketCount, cancellationToken);
        if (!IsDue(await ChangesAsync(db.SyncRuns, measuredAt, cancellationToken), measuredAt, tickets))
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

    /// <summary>A load counts whole: it gives tickets that are not changed otherwise the values of a field that is stored again.</summary>
    private static Task<List<Change>> ChangesAsync(IQueryable<SyncRun> runs, DateTimeOffset since, CancellationToken cancellationToken) =>
        runs.Where(run => run.EndedAt > since)
            .Select(run => new Change(run.EndedAt!.Value, (long)run.Added + run.Updated + run.Deleted + (run.Kind == RunKind.FirstLoad ? run.Unchanged : 0))).ToListAsync(cancellationToken);

    private static bool IsDue(List<Change> changes, DateTimeOffset measuredAt, long tickets) =>
        changes.Where(change => change.At > measuredAt).Sum(static change => change.Tickets) * SharesOfTickets > tickets;

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

    /// <summary>What a run that ended then changed.</summary>
    private sealed record Change(DateTimeOffset At, long Tickets);
}

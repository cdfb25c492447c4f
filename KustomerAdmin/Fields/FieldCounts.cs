using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>How many tickets have each field, as far as that can be told in a moment.</summary>
internal static class FieldCounts
{
    private const int MostCounted = 10_000;

    /// <summary>The newest so many tickets stand for all where nothing was measured.</summary>
    public const int Sample = 1000;

    private static readonly Dictionary<string, Func<TicketAttributes, bool>> s_isFilled = StandardColumn.All.ToDictionary(static column => column.Key.Path, IsFilled, StringComparer.Ordinal);

    public static async Task<Dictionary<string, FieldCoverage>> ReadAsync(AppDbContext db, FieldInstance instance, CancellationToken cancellationToken)
    {
        var counts = await CustomAsync(db, instance.Id, cancellationToken);
        var tickets = await db.Tickets.AsNoTracking().Where(ticket => ticket.InstanceId == instance.Id && ticket.DeletedAt == null)
            .OrderByDescending(ticket => ticket.UpdatedAt).Take(Sample).ToListAsync(cancellationToken);
        var ids = tickets.ConvertAll(static ticket => ticket.Id);
        var attributes = await db.TicketAttributes.AsNoTracking().Where(row => ids.Contains(row.TicketId)).ToListAsync(cancellationToken);
        foreach (var own in TicketFields.All.Where(static own => own.IsFilled is not null))
        {
            counts[own.Key.Path] = Of(tickets.Count(own.IsFilled!));
        }

        foreach (var (path, isFilled) in s_isFilled)
        {
            counts[path] = Of(attributes.Count(isFilled));
        }

        return counts;

        FieldCoverage Of(int found) => tickets.Count < Sample ? new FieldCoverage(found, false, false)
            : new FieldCoverage((long)Math.Round((double)found / tickets.Count * instance.Tickets), false, true);
    }

    private static async Task<Dictionary<string, FieldCoverage>> CustomAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken) =>
        (await Custom(db, instanceId).ToListAsync(cancellationToken)).ToDictionary(
            static field => field.Key,
            static field => field.Measured is { } measured ? new FieldCoverage(measured, false, true) : new FieldCoverage(Math.Min(field.Counted, MostCounted), field.Counted >= MostCounted, false),
            StringComparer.Ordinal);

    /// <summary>Measured by the statistics where those found any, else counted up to a limit, each type in its own index: a field may have been measured before it came.</summary>
    private static IQueryable<CustomCount> Custom(AppDbContext db, long instanceId) =>
        from field in db.MetadataFields
        where field.InstanceId == instanceId
        join statistics in db.FieldStatistics.Where(statistics => statistics.Tickets > 0) on field.Id equals statistics.FieldId into measured
        from statistics in measured.DefaultIfEmpty()
        select new CustomCount(
            field.Key,
            (long?)statistics.Tickets,
            statistics != null ? 0
                : db.TicketMetadata.Where(value => value.FieldId == field.Id && value.TextValue != null).Take(MostCounted).Count()
                    + db.TicketMetadata.Where(value => value.FieldId == field.Id && value.NumberValue != null).Take(MostCounted).Count()
                    + db.TicketMetadata.Where(value => value.FieldId == field.Id && value.DateValue != null).Take(MostCounted).Count());

    private static Func<TicketAttributes, bool> IsFilled(StandardColumn column) => column switch
    {
        StandardColumn<string?> text => row => text.Get(row) is not null,
        StandardColumn<double?> number => row => number.Get(row) is not null,
        StandardColumn<DateTimeOffset?> date => row => date.Get(row) is not null,
        StandardColumn<bool?> truth => row => truth.Get(row) is not null,
        _ => throw new NotSupportedException(column.GetType().Name),
    };

    private sealed record CustomCount(string Key, long? Measured, int Counted);
}

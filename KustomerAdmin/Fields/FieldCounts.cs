using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>How many tickets have each field, as far as that can be told in a moment.</summary>
internal static class FieldCounts
{
    private const int MostCounted = 10_000;

    /// <summary>The newest so many tickets stand for all where nothing was measured.</summary>
    private const int Sample = 1000;

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

    private static async Task<Dictionary<string, FieldCoverage>> CustomAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        var fields = await (
            from field in db.MetadataFields
            where field.InstanceId == instanceId
            join statistics in db.FieldStatistics on field.Id equals statistics.FieldId into measured
            from statistics in measured.DefaultIfEmpty()
            select new
            {
                field.Key,
                Measured = (long?)statistics.Tickets,
                Counted = statistics == null
                    ? db.TicketMetadata.Where(value => value.FieldId == field.Id && value.TextValue != null).Take(MostCounted).Count()
                        + db.TicketMetadata.Where(value => value.FieldId == field.Id && value.NumberValue != null).Take(MostCounted).Count()
                        + db.TicketMetadata.Where(value => value.FieldId == field.Id && value.DateValue != null).Take(MostCounted).Count()
                    : 0,
            }).ToListAsync(cancellationToken);
        return fields.ToDictionary(
            static field => field.Key,
            static field => field.Measured is { } measured ? new FieldCoverage(measured, false, true) : new FieldCoverage(Math.Min(field.Counted, MostCounted), field.Counted >= MostCounted, false),
            StringComparer.Ordinal);
    }

    private static Func<TicketAttributes, bool> IsFilled(StandardColumn column) => column switch
    {
        StandardColumn<string?> text => row => text.Get(row) is not null,
        StandardColumn<double?> number => row => number.Get(row) is not null,
        StandardColumn<DateTimeOffset?> date => row => date.Get(row) is not null,
        StandardColumn<bool?> truth => row => truth.Get(row) is not null,
        _ => throw new NotSupportedException(column.GetType().Name),
    };
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>A span of <i>updated at</i>, both ends included, whose stored tickets are compared at once.</summary>
/// <param name="IsAskedFor">False where only what is stored is looked after: before the instance's start date, which may have been moved.</param>
internal sealed record Bucket(DateTimeOffset From, DateTimeOffset To, bool IsArchive, bool IsAskedFor = true)
{
    /// <summary>Around the moment that divides Kustomer's two searches a ticket may be in either, or in none for a while.</summary>
    private static readonly TimeSpan s_divide = TimeSpan.FromDays(2);

    private static readonly TimeSpan s_precision = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Whole days, as many as hold the tickets of a few requests; a part of a day that holds more. Oldest first.
    /// </summary>
    /// <param name="end">What is newer is brought by the runs that read what is new.</param>
    /// <param name="tickets">How many it holds at most, unless more share a moment.</param>
    /// <returns>Null when all is compared.</returns>
    public static async Task<Bucket?> NextAsync(AppDbContext db, Instance instance, DateTimeOffset now, DateTimeOffset end, int tickets, CancellationToken cancellationToken)
    {
        var divide = now.AddYears(-2);
        var archiveEnd = divide - s_divide;
        var stored = Stored(db, instance.Id);
        var from = instance.ReconcileCursor + s_precision ?? Earlier(instance.SyncFrom, await stored.MinAsync(ticket => (DateTimeOffset?)ticket.UpdatedAt, cancellationToken));
        var isArchive = from <= archiveEnd && await stored.AnyAsync(ticket => ticket.UpdatedAt >= from && ticket.UpdatedAt <= archiveEnd, cancellationToken);
        if (!isArchive && from < divide + s_divide)
        {
            from = divide + s_divide;
        }

        // Without a start date the archive is never asked for more than what has grown old here.
        var isAskedFor = instance.SyncFrom is { } start ? from >= start : !isArchive;
        var limit = isArchive ? archiveEnd : end;
        if (!isAskedFor && instance.SyncFrom - s_precision < limit)
        {
            limit = instance.SyncFrom!.Value - s_precision;
        }

        if (from > limit)
        {
            return null;
        }

        var beyond = await stored.Where(ticket => ticket.UpdatedAt >= from && ticket.UpdatedAt <= limit).OrderBy(ticket => ticket.UpdatedAt)
            .Skip(tickets).Select(ticket => (DateTimeOffset?)ticket.UpdatedAt).FirstOrDefaultAsync(cancellationToken);
        return new Bucket(from, beyond is { } next ? Before(next, from) : limit, isArchive, isAskedFor);
    }

    /// <summary>The bucket's tickets that are stored and not known to be deleted.</summary>
    public IQueryable<Ticket> Of(AppDbContext db, long instanceId) =>
        Stored(db, instanceId).Where(ticket => ticket.UpdatedAt >= From && ticket.UpdatedAt < To + s_precision);

    private static IQueryable<Ticket> Stored(AppDbContext db, long instanceId) =>
        db.Tickets.Where(ticket => ticket.InstanceId == instanceId && ticket.DeletedAt == null);

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset? other) => (one < other ? one : other ?? one) ?? DateTimeOffset.MinValue;

    private static DateTimeOffset Before(DateTimeOffset next, DateTimeOffset from)
    {
        var day = new DateTimeOffset(next.UtcDateTime.Date, TimeSpan.Zero);
        return day > from ? day - s_precision : next > from ? next - s_precision : next;
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Usage;

/// <summary>The ledger as figures, summed up by the database: a week of a busy organisation is half a million lines.</summary>
public sealed class UsageReport(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, RequestLedger ledger, TimeProvider time)
{
    private const int MostRuns = 50;
    private const int MostTickets = 10;

    public async Task<UsageSheet> ReadAsync(UsageQuery query, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);

        // A report without the newest lines is better than none.
        await ledger.FlushAsync(cancellationToken);
        var span = UsageSpan.Of(query.Period, time.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instances = await db.Instances.OrderBy(instance => instance.Name).Select(instance => new UsageInstance(instance.Id, instance.Name, instance.RateShare)).ToListAsync(cancellationToken);
        var purposes = span.IsSingle ? await UsageFigures.PurposesAsync(db, query, span, cancellationToken) : await UsageFigures.PurposesByDayAsync(db, query, span, cancellationToken);
        var runs = UsageFigures.RunsOf(db, query, span);
        return new UsageSheet
        {
            Span = span,
            Instances = instances,
            Bars = span.IsSingle ? await UsageFigures.BarsAsync(db, query, span, cancellationToken) : await UsageFigures.BarsByDayAsync(db, query, span, cancellationToken),
            Purposes = purposes,
            Runs = await LatestAsync(db, runs, cancellationToken),
            Admins = [.. (await AdminsOf(Of(db, query, span)).ToListAsync(cancellationToken)).OrderByDescending(static admin => admin.Requests)],
            Tickets = await TicketsAsync(db, Of(db, query, span), cancellationToken),
            Price = await PriceAsync(db, runs, cancellationToken),
            Headroom = new Headroom(
                await LimitAsync(Of(db, query, span), query, instances, cancellationToken),
                await Of(db, query, span).MinAsync(request => request.Remaining, cancellationToken),
                purposes.Sum(static line => line.RateLimited),
                TimeSpan.FromMilliseconds(await runs.SumAsync(run => run.WaitedMilliseconds, cancellationToken))),
        };
    }

    internal static IQueryable<AdminLine> AdminsOf(IQueryable<KustomerRequest> requests) =>
        requests.Where(request => request.CausedBy != null).GroupBy(request => request.CausedBy!)
            .Select(group => new AdminLine(group.Key, group.Count(), group.Select(request => request.TicketId).Distinct().Count(id => id != null), group.Max(request => request.At)));

    internal static IQueryable<RunSum> SumsOf(IQueryable<SyncRun> runs) =>
        runs.GroupBy(run => run.InstanceId).Select(group => new RunSum
        {
            InstanceId = group.Key,
            Tickets = group.Sum(run => (long)run.Added + run.Updated + run.Unchanged),
            Requests = group.Sum(run => (long)run.Requests),
            Boundless = group.Sum(run => run.WindowFrom == null && run.Added + run.Updated + run.Unchanged > 0 ? 1 : 0),
            From = group.Min(run => run.WindowFrom),
        });

    private static IQueryable<KustomerRequest> Of(AppDbContext db, UsageQuery query, UsageSpan span) => UsageFigures.RequestsOf(db, query, span);

    private static Task<List<RunLine>> LatestAsync(AppDbContext db, IQueryable<SyncRun> runs, CancellationToken cancellationToken) =>
        runs.OrderByDescending(run => run.Id).Take(MostRuns)
            .Select(run => new RunLine(
                run.Id, run.InstanceId, db.Instances.Where(instance => instance.Id == run.InstanceId).Select(instance => instance.Name).First(), run.Kind, run.Outcome, run.StartedBy,
                run.StartedAt, run.Requests, run.Retries, run.Added + run.Updated + run.Unchanged, run.WaitedMilliseconds))
            .ToListAsync(cancellationToken);

    private static async Task<OpenedTickets> TicketsAsync(AppDbContext db, IQueryable<KustomerRequest> requests, CancellationToken cancellationToken)
    {
        var opened = UsageFigures.OpenedOf(requests);
        var latest = await opened.OrderByDescending(ticket => ticket.LastAt).Take(MostTickets).ToListAsync(cancellationToken);
        var dearest = await opened.OrderByDescending(ticket => ticket.Requests).ThenByDescending(ticket => ticket.LastAt).Take(MostTickets).ToListAsync(cancellationToken);
        var ids = latest.Concat(dearest).Select(static ticket => ticket.TicketId).Distinct().ToList();
        var names = await db.Tickets.Where(ticket => ids.Contains(ticket.Id)).ToDictionaryAsync(ticket => ticket.Id, ticket => ticket.Subject ?? ticket.KustomerId, cancellationToken);
        return new OpenedTickets(
            await opened.CountAsync(cancellationToken),
            await requests.CountAsync(request => request.TicketId != null, cancellationToken),
            [.. latest.Select(Line)],
            [.. dearest.Select(Line)]);

        OpenedTicketLine Line(OpenedTicketSum ticket) => new(ticket.TicketId, names.GetValueOrDefault(ticket.TicketId), ticket.Requests, ticket.LastAt);
    }

    /// <summary>
    /// What each run read is not kept by ticket, so the customers are those with a stored ticket that changed since the beginning of what the period's
    /// runs asked Kustomer for.
    /// </summary>
    private static async Task<SyncPrice> PriceAsync(AppDbContext db, IQueryable<SyncRun> runs, CancellationToken cancellationToken)
    {
        var sums = await SumsOf(runs).ToListAsync(cancellationToken);
        var customers = 0L;
        foreach (var sum in sums.Where(static sum => sum.Tickets > 0))
        {
            var from = sum.Boundless > 0 ? null : sum.From;
            var tickets = db.Tickets.Where(ticket => ticket.InstanceId == sum.InstanceId && ticket.CustomerId != null);
            customers += await (from is null ? tickets : tickets.Where(ticket => ticket.UpdatedAt >= from)).Select(ticket => ticket.CustomerId).Distinct().LongCountAsync(cancellationToken);
        }

        return new SyncPrice(sums.Sum(static sum => sum.Tickets), customers, sums.Sum(static sum => sum.Requests));
    }

    private static async Task<int?> LimitAsync(IQueryable<KustomerRequest> requests, UsageQuery query, List<UsageInstance> instances, CancellationToken cancellationToken)
    {
        // Each organisation has a limit of its own; several of them have none together. Searches have a smaller one beside it.
        var id = query.InstanceId ?? (instances is [var only] ? only.Id : 0);
        return await requests.Where(request => request.InstanceId == id).MaxAsync(request => request.Limit, cancellationToken);
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Usage;

/// <summary>The ledger as figures, summed up by the database.</summary>
public sealed class UsageReport(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, RequestLedger ledger, IOptions<UsageOptions> options, TimeProvider time)
{
    private const int MostRuns = 50;
    private const int MostTickets = 10;

    public async Task<UsageSheet> ReadAsync(UsageQuery query, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);

        // A report without the newest lines is better than none.
        await ledger.FlushAsync(cancellationToken);
        var span = UsageSpan.Of(query.Period, time.GetUtcNow(), options.Value.KeepRequests);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instances = await db.Instances.OrderBy(instance => instance.Name).Select(instance => new UsageInstance(instance.Id, instance.Name, instance.RateShare)).ToListAsync(cancellationToken);
        var counts = span.IsByDay ? await UsageFigures.CountsByDayAsync(db, query, span, cancellationToken) : await UsageFigures.CountsAsync(db, query, span, areSearches: false, cancellationToken);
        var durations = span.IsSingle ? await UsageFigures.DurationsAsync(db, query, span, counts, cancellationToken) : null;
        var people = await UsageFigures.PeopleOf(UsageFigures.RequestsOf(db, query, span)).ToListAsync(cancellationToken);
        var runs = UsageFigures.RunsOf(db, query, span);

        // Each organisation has limits of its own; several of them have none together.
        var shown = instances.Find(instance => instance.Id == query.InstanceId) ?? (instances is [var only] && query.InstanceId is null ? only : null);
        var rates = shown is null ? null : await UsageFigures.RatesOf(UsageFigures.RequestsOf(db, query, span)).SingleOrDefaultAsync(cancellationToken);
        return new UsageSheet
        {
            Span = span,
            Kept = options.Value.KeepRequests < span.Step * span.Steps ? options.Value.KeepRequests : span.Step * span.Steps,
            Instances = instances,
            Shown = shown,
            Bars = UsageLines.Bars(span, counts),
            Searches = span.IsInMinutes && rates?.SearchLimit is not null ? UsageLines.Bars(span, await UsageFigures.CountsAsync(db, query, span, areSearches: true, cancellationToken)) : [],
            Purposes = UsageLines.Purposes(counts, durations),
            Runs = await LatestAsync(db, runs, cancellationToken),
            Admins = UsageLines.Admins(people),
            Tickets = await TicketsAsync(db, people, cancellationToken),
            Price = await PriceAsync(db, runs, cancellationToken),
            Headroom = new Headroom(
                rates?.Limit is { } limit ? new RateLine(limit, rates.Lowest) : null,
                rates?.SearchLimit is { } searches ? new RateLine(searches, rates.LowestSearch) : null,
                counts.Where(static count => count.Outcome is RequestOutcome.RateLimited).Sum(static count => count.Requests),
                TimeSpan.FromMilliseconds(await runs.SumAsync(run => run.WaitedMilliseconds, cancellationToken))),
        };
    }

    /// <summary>
    /// What the usual way would ask for: a page of 100 tickets at a time and at least one a run. It does not look for deleted tickets, so those
    /// runs cost only here. A ticket that was read again unchanged, as where pages overlap, counts on neither side.
    /// </summary>
    internal static IQueryable<RunSum> SumsOf(IQueryable<SyncRun> runs) =>
        runs.GroupBy(run => run.InstanceId).Select(group => new RunSum
        {
            InstanceId = group.Key,
            Tickets = group.Sum(run => (long)run.Added + run.Updated),
            Pages = group.Sum(run => run.Kind == RunKind.Reconciliation ? 0L : run.Added + run.Updated == 0 ? 1L : (run.Added + run.Updated + 99) / 100),
            Requests = group.Sum(run => (long)run.Requests),
            Boundless = group.Sum(run => run.Kind != RunKind.Reconciliation && run.WindowFrom == null && run.Added + run.Updated > 0 ? 1 : 0),
            From = group.Min(run => run.Kind == RunKind.Reconciliation ? null : run.WindowFrom),
        });

    private static Task<List<RunLine>> LatestAsync(AppDbContext db, IQueryable<SyncRun> runs, CancellationToken cancellationToken) =>
        runs.OrderByDescending(run => run.Id).Take(MostRuns)
            .Select(run => new RunLine(
                run.Id, run.InstanceId, db.Instances.Where(instance => instance.Id == run.InstanceId).Select(instance => instance.Name).First(), run.Kind, run.Outcome, run.StartedBy,
                run.StartedAt, run.Requests, run.Retries, run.Added + run.Updated + (run.Kind == RunKind.Reconciliation ? 0 : run.Unchanged), run.WaitedMilliseconds))
            .ToListAsync(cancellationToken);

    private static async Task<OpenedTickets> TicketsAsync(AppDbContext db, List<PersonSum> people, CancellationToken cancellationToken)
    {
        var opened = UsageLines.Opened(people);
        var latest = opened.OrderByDescending(static ticket => ticket.LastAt).Take(MostTickets).ToList();
        var dearest = opened.OrderByDescending(static ticket => ticket.Requests).ThenByDescending(static ticket => ticket.LastAt).Take(MostTickets).ToList();
        var ids = latest.Concat(dearest).Select(static ticket => ticket.TicketId).Distinct().ToList();
        var names = await db.Tickets.Where(ticket => ids.Contains(ticket.Id)).ToDictionaryAsync(ticket => ticket.Id, ticket => ticket.Subject ?? ticket.KustomerId, cancellationToken);
        return new OpenedTickets(opened.Count, opened.Sum(static ticket => ticket.Requests), [.. latest.Select(Named)], [.. dearest.Select(Named)]);

        OpenedTicketLine Named(OpenedTicketLine ticket) => ticket with { Name = names.GetValueOrDefault(ticket.TicketId) };
    }

    /// <summary>
    /// What each run read is not kept by ticket, so the customers are those with a stored ticket that changed since the beginning of what the period's
    /// runs asked Kustomer for, once each.
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

        return new SyncPrice(sums.Sum(static sum => sum.Tickets), sums.Sum(static sum => sum.Pages), customers, sums.Sum(static sum => sum.Requests));
    }
}

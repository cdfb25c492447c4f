using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Usage;

/// <summary>The report's questions to the database, and what is made of its answers.</summary>
internal static class UsageFigures
{
    public static IQueryable<KustomerRequest> RequestsOf(AppDbContext db, UsageQuery query, UsageSpan span) =>
        db.KustomerRequests.Where(request => request.At >= span.From && (query.InstanceId == null || request.InstanceId == query.InstanceId));

    public static IQueryable<KustomerRequestDay> DaysOf(AppDbContext db, UsageQuery query, UsageSpan span) =>
        db.KustomerRequestDays.Where(day => day.Day >= span.From && (query.InstanceId == null || day.InstanceId == query.InstanceId));

    public static IQueryable<SyncRun> RunsOf(AppDbContext db, UsageQuery query, UsageSpan span) =>
        db.SyncRuns.Where(run => run.StartedAt >= span.From && (query.InstanceId == null || run.InstanceId == query.InstanceId));

    public static IQueryable<OpenedTicketSum> OpenedOf(IQueryable<KustomerRequest> requests) =>
        requests.Where(request => request.TicketId != null).GroupBy(request => request.TicketId!.Value)
            .Select(group => new OpenedTicketSum { TicketId = group.Key, Requests = group.Count(), LastAt = group.Max(request => request.At) });

    public static IQueryable<DurationCount> DurationsOf(IQueryable<KustomerRequest> requests) =>
        requests.GroupBy(request => new { request.Purpose, request.Outcome, request.Milliseconds })
            .Select(group => new DurationCount { Purpose = group.Key.Purpose, Outcome = group.Key.Outcome, Milliseconds = group.Key.Milliseconds, Requests = group.Count() });

    public static IQueryable<NamedStepCount> StepsOf(AppDbContext db, UsageQuery query, UsageSpan span) =>
        db.RequestsInSteps(span.From, span.Step).Where(request => query.InstanceId == null || request.InstanceId == query.InstanceId)
            .GroupBy(request => new { request.Step, request.Purpose })
            .Select(group => new NamedStepCount { Step = group.Key.Step, Purpose = group.Key.Purpose, Requests = group.Count() });

    public static async Task<IReadOnlyList<UsageBar>> BarsAsync(AppDbContext db, UsageQuery query, UsageSpan span, CancellationToken cancellationToken) =>
        Bars(span, (await StepsOf(db, query, span).ToListAsync(cancellationToken)).Select(static count => new StepCount { Step = count.Step, Purpose = Enum.Parse<RequestPurpose>(count.Purpose), Requests = count.Requests }));

    public static async Task<IReadOnlyList<UsageBar>> BarsByDayAsync(AppDbContext db, UsageQuery query, UsageSpan span, CancellationToken cancellationToken)
    {
        var days = await DaysOf(db, query, span).GroupBy(day => new { day.Day, day.Purpose })
            .Select(group => new { group.Key.Day, group.Key.Purpose, Requests = group.Sum(day => day.Requests) }).ToListAsync(cancellationToken);
        return Bars(span, days.Select(day => new StepCount { Step = (day.Day - span.From).Ticks / span.Step.Ticks, Purpose = day.Purpose, Requests = day.Requests }));
    }

    /// <summary>Counts by duration give totals, median and the twentieth slowest in one reading of the lines, exactly.</summary>
    public static async Task<IReadOnlyList<PurposeLine>> PurposesAsync(AppDbContext db, UsageQuery query, UsageSpan span, CancellationToken cancellationToken)
    {
        var counts = await DurationsOf(RequestsOf(db, query, span)).ToListAsync(cancellationToken);
        return Lines(counts.GroupBy(static count => count.Purpose), static group =>
        {
            var durations = group.OrderBy(static count => count.Milliseconds).ToList();
            return (Quantile(durations, 0.5), Quantile(durations, 0.95));
        });
    }

    public static async Task<IReadOnlyList<PurposeLine>> PurposesByDayAsync(AppDbContext db, UsageQuery query, UsageSpan span, CancellationToken cancellationToken)
    {
        var counts = await DaysOf(db, query, span).GroupBy(day => new { day.Purpose, day.Outcome })
            .Select(group => new DurationCount { Purpose = group.Key.Purpose, Outcome = group.Key.Outcome, Requests = group.Sum(day => day.Requests) }).ToListAsync(cancellationToken);
        return Lines(counts.GroupBy(static count => count.Purpose), static _ => (null, null));
    }

    private static IReadOnlyList<UsageBar> Bars(UsageSpan span, IEnumerable<StepCount> counts)
    {
        var steps = counts.ToLookup(static count => count.Step);
        return [.. Enumerable.Range(0, span.Steps).Select(step => new UsageBar(
            span.From + (step * span.Step),
            steps[step].GroupBy(static count => count.Purpose).ToDictionary(static group => group.Key, static group => group.Sum(static count => count.Requests))))];
    }

    private static IReadOnlyList<PurposeLine> Lines(IEnumerable<IGrouping<RequestPurpose, DurationCount>> groups, Func<IEnumerable<DurationCount>, (int? Median, int? P95)> durationsOf) =>
    [
        .. groups.Select(group =>
        {
            var (median, p95) = durationsOf(group);
            return new PurposeLine(group.Key, Of(RequestOutcome.Answered), Of(RequestOutcome.RateLimited), Of(RequestOutcome.Refused), Of(RequestOutcome.Failed), median, p95);

            int Of(RequestOutcome outcome) => group.Where(count => count.Outcome == outcome).Sum(static count => count.Requests);
        }).OrderByDescending(static line => line.Requests),
    ];

    /// <summary>The smallest duration that <paramref name="part"/> of the requests did not exceed.</summary>
    private static int? Quantile(List<DurationCount> ordered, double part)
    {
        var rank = (int)Math.Ceiling(ordered.Sum(static count => count.Requests) * part);
        foreach (var count in ordered)
        {
            rank -= count.Requests;
            if (rank <= 0)
            {
                return count.Milliseconds;
            }
        }

        return null;
    }
}

internal sealed class OpenedTicketSum
{
    public long TicketId { get; init; }

    public int Requests { get; init; }

    public DateTimeOffset LastAt { get; init; }
}

internal sealed class DurationCount
{
    public RequestPurpose Purpose { get; init; }

    public RequestOutcome Outcome { get; init; }

    public int Milliseconds { get; init; }

    public int Requests { get; init; }
}

internal sealed class NamedStepCount
{
    public long Step { get; init; }

    public required string Purpose { get; init; }

    public int Requests { get; init; }
}

internal sealed class StepCount
{
    public long Step { get; init; }

    public RequestPurpose Purpose { get; init; }

    public int Requests { get; init; }
}

internal sealed class RunSum
{
    public long InstanceId { get; init; }

    public long Tickets { get; init; }

    public long Requests { get; init; }

    /// <summary>Runs that read tickets of any age.</summary>
    public int Boundless { get; init; }

    /// <summary>Oldest change that the others asked for.</summary>
    public DateTimeOffset? From { get; init; }
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Usage;

/// <summary>The report's questions to the database. A week can be half a million lines: each of them is looked at as few times as may be.</summary>
internal static class UsageFigures
{
    /// <summary>Searches have a limit of their own beside the one for all requests.</summary>
    private static readonly string[] s_searches = [KustomerRoutes.Search.Endpoint.Template, KustomerRoutes.ArchiveSearch.Endpoint.Template];

    /// <summary>Plus nothing: SQLite would take the index by instance otherwise, and read the whole week of a busy one for its last hour.</summary>
    public static IQueryable<KustomerRequest> RequestsOf(AppDbContext db, UsageQuery query, UsageSpan span) =>
        db.KustomerRequests.Where(request => request.At >= span.From && (query.InstanceId == null || request.InstanceId + 0 == query.InstanceId));

    public static IQueryable<SyncRun> RunsOf(AppDbContext db, UsageQuery query, UsageSpan span) =>
        db.SyncRuns.Where(run => run.StartedAt >= span.From && (query.InstanceId == null || run.InstanceId == query.InstanceId));

    public static IQueryable<NamedStepCount> StepsOf(AppDbContext db, UsageQuery query, UsageSpan span, bool areSearches) =>
        db.RequestsInSteps(span.From, span.Step).Where(request => query.InstanceId == null || request.InstanceId + 0 == query.InstanceId)
            .Where(request => !areSearches || s_searches.Contains(request.Endpoint))
            .GroupBy(request => new { request.Step, request.Purpose, request.Outcome })
            .Select(group => new NamedStepCount { Step = group.Key.Step, Purpose = group.Key.Purpose, Outcome = group.Key.Outcome, Requests = group.Count() });

    public static IQueryable<PersonSum> PeopleOf(IQueryable<KustomerRequest> requests) =>
        requests.Where(request => request.CausedBy != null || request.TicketId != null).GroupBy(request => new { request.CausedBy, request.TicketId })
            .Select(group => new PersonSum { Name = group.Key.CausedBy, TicketId = group.Key.TicketId, Requests = group.Count(), LastAt = group.Max(request => request.At) });

    public static IQueryable<DurationCount> DurationsOf(IQueryable<KustomerRequest> requests) =>
        requests.GroupBy(request => new { request.Purpose, request.Milliseconds })
            .Select(group => new DurationCount { Purpose = group.Key.Purpose, Milliseconds = group.Key.Milliseconds, Requests = group.Count() });

    /// <summary>Which limit a refused search ran into only its answer's number tells, so it says nothing here.</summary>
    public static IQueryable<RateSum> RatesOf(IQueryable<KustomerRequest> requests) =>
        requests.GroupBy(static _ => 1).Select(static group => new RateSum
        {
            Limit = group.Max(request => s_searches.Contains(request.Endpoint) ? null : request.Limit),
            Lowest = group.Min(request => s_searches.Contains(request.Endpoint) ? null : request.Remaining),
            SearchLimit = group.Max(request => s_searches.Contains(request.Endpoint) && request.Outcome != RequestOutcome.RateLimited ? request.Limit : null),
            LowestSearch = group.Min(request => s_searches.Contains(request.Endpoint) && request.Outcome != RequestOutcome.RateLimited ? request.Remaining : null),
        });

    public static async Task<List<StepCount>> CountsAsync(AppDbContext db, UsageQuery query, UsageSpan span, bool areSearches, CancellationToken cancellationToken) =>
    [
        .. (await StepsOf(db, query, span, areSearches).ToListAsync(cancellationToken))
            .Select(static count => new StepCount(count.Step, Enum.Parse<RequestPurpose>(count.Purpose), Enum.Parse<RequestOutcome>(count.Outcome), count.Requests)),
    ];

    public static async Task<List<StepCount>> CountsByDayAsync(AppDbContext db, UsageQuery query, UsageSpan span, CancellationToken cancellationToken)
    {
        var days = await db.KustomerRequestDays.Where(day => day.Day >= span.From && (query.InstanceId == null || day.InstanceId == query.InstanceId))
            .GroupBy(day => new { day.Day, day.Purpose, day.Outcome })
            .Select(group => new { group.Key.Day, group.Key.Purpose, group.Key.Outcome, Requests = group.Sum(day => day.Requests) }).ToListAsync(cancellationToken);
        return [.. days.Select(day => new StepCount((day.Day - span.From).Ticks / span.Step.Ticks, day.Purpose, day.Outcome, day.Requests))];
    }

    /// <summary>How long answers took, by purpose: of every request of a rare purpose, of every n-th where there are many.</summary>
    public static async Task<ILookup<RequestPurpose, DurationCount>> DurationsAsync(AppDbContext db, UsageQuery query, UsageSpan span, List<StepCount> counts, CancellationToken cancellationToken)
    {
        var totals = counts.GroupBy(static count => count.Purpose).ToDictionary(static group => group.Key, static group => group.Sum(static count => count.Requests));
        var rare = totals.Where(static total => total.Value <= UsageSheet.MostTimed).Select(static total => total.Key).ToList();
        var requests = RequestsOf(db, query, span);
        if (rare.Count < totals.Count)
        {
            // Odd: the lines of two instances may take turns.
            var every = (totals.Values.Max() / UsageSheet.MostTimed) | 1;
            requests = requests.Where(request => rare.Contains(request.Purpose) || request.Id % every == 0);
        }

        return (await DurationsOf(requests).ToListAsync(cancellationToken)).ToLookup(static count => count.Purpose);
    }
}

internal sealed class PersonSum
{
    public string? Name { get; init; }

    public long? TicketId { get; init; }

    public int Requests { get; init; }

    public DateTimeOffset LastAt { get; init; }
}

internal sealed class DurationCount
{
    public RequestPurpose Purpose { get; init; }

    public int Milliseconds { get; init; }

    public int Requests { get; init; }
}

internal sealed class NamedStepCount
{
    public long Step { get; init; }

    public required string Purpose { get; init; }

    public required string Outcome { get; init; }

    public int Requests { get; init; }
}

internal sealed class RateSum
{
    public int? Limit { get; init; }

    public int? Lowest { get; init; }

    public int? SearchLimit { get; init; }

    public int? LowestSearch { get; init; }
}

internal sealed class RunSum
{
    public long InstanceId { get; init; }

    public long Tickets { get; init; }

    /// <summary>Pages of the usual size.</summary>
    public long Pages { get; init; }

    public long Requests { get; init; }

    /// <summary>Runs that read tickets of any age.</summary>
    public int Boundless { get; init; }

    /// <summary>Oldest change that the others asked for.</summary>
    public DateTimeOffset? From { get; init; }
}

internal sealed record StepCount(long Step, RequestPurpose Purpose, RequestOutcome Outcome, int Requests);

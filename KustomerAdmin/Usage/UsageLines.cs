using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Usage;

/// <summary>What the page shows, made of the database's answers.</summary>
internal static class UsageLines
{
    public static IReadOnlyList<UsageBar> Bars(UsageSpan span, List<StepCount> counts)
    {
        var steps = counts.ToLookup(static count => count.Step);
        return [.. Enumerable.Range(0, span.Steps).Select(step => new UsageBar(
            span.From + (step * span.Step),
            steps[step].GroupBy(static count => count.Purpose).ToDictionary(static group => group.Key, static group => group.Sum(static count => count.Requests))))];
    }

    /// <param name="durations">Null where only counts are kept.</param>
    public static IReadOnlyList<PurposeLine> Purposes(List<StepCount> counts, ILookup<RequestPurpose, DurationCount>? durations) =>
    [
        .. counts.GroupBy(static count => count.Purpose).Select(group =>
        {
            var ordered = durations?[group.Key].OrderBy(static count => count.Milliseconds).ToList() ?? [];
            return new PurposeLine(
                group.Key, Of(RequestOutcome.Answered), Of(RequestOutcome.RateLimited), Of(RequestOutcome.Refused), Of(RequestOutcome.Failed), Quantile(ordered, 0.5), Quantile(ordered, 0.95));

            int Of(RequestOutcome outcome) => group.Where(count => count.Outcome == outcome).Sum(static count => count.Requests);
        }).OrderByDescending(static line => line.Requests),
    ];

    public static IReadOnlyList<AdminLine> Admins(List<PersonSum> people) =>
    [
        .. people.Where(static person => person.Name is not null).GroupBy(static person => person.Name!, StringComparer.Ordinal)
            .Select(static group => new AdminLine(
                group.Key, group.Sum(static person => person.Requests), group.Count(static person => person.TicketId is not null), group.Max(static person => person.LastAt)))
            .OrderByDescending(static admin => admin.Requests),
    ];

    /// <summary>Each opened ticket once, still without its name.</summary>
    public static IReadOnlyList<OpenedTicketLine> Opened(List<PersonSum> people) =>
    [
        .. people.Where(static person => person.TicketId is not null).GroupBy(static person => person.TicketId!.Value)
            .Select(static group => new OpenedTicketLine(group.Key, null, group.Sum(static person => person.Requests), group.Max(static person => person.LastAt))),
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

using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tickets.Composing;

/// <summary>What was promised for a ticket, and whether it is kept.</summary>
/// <param name="Metrics">The soonest first.</param>
public sealed record SlaState(string Name, bool IsBreached, DateTimeOffset? BreachedAt, string? BreachedMetric, bool IsOver, IReadOnlyList<SlaMetric> Metrics)
{
    /// <summary>The next that has to be met.</summary>
    public SlaMetric? Due => IsOver ? null : Metrics.FirstOrDefault(metric => metric.SatisfiedAt is null);

    internal static SlaState? Of(Conversation conversation)
    {
        if (conversation.Attributes.Member("sla") is not { } sla)
        {
            return null;
        }

        var breach = sla.Member("breach") ?? default;
        return new SlaState(
            sla.Text("name") ?? "SLA",
            sla.IsTrue("breached"),
            breach.Moment("at") ?? sla.Member("summary")?.Moment("firstBreachAt"),
            breach.Text("metric") is { } metric ? TicketEvents.Words(metric) : null,
            sla.Text("status") is "done",
            [.. (sla.Member("metrics") ?? default).Members()
                .Select(entry => (entry.Name, DueAt: entry.Value.Moment("breachAt"), SatisfiedAt: entry.Value.Moment("satisfiedAt")))
                .Where(entry => entry.DueAt is not null)
                .Select(entry => new SlaMetric(TicketEvents.Words(entry.Name), entry.DueAt!.Value, entry.SatisfiedAt))
                .OrderBy(entry => entry.DueAt)]);
    }
}

public sealed record SlaMetric(string Name, DateTimeOffset DueAt, DateTimeOffset? SatisfiedAt);

/// <summary>What the customer said of how they were served.</summary>
/// <param name="Rating">1 to 5, where there was a survey with one.</param>
public sealed record Satisfaction(int? Rating, string? Status, string? Answer)
{
    internal static Satisfaction? Of(Conversation conversation) =>
        conversation.Attributes.Member("satisfactionLevel") is { } level && (level.Integer("rating") is not null || level.Text("status") is not null)
            ? new Satisfaction(level.Integer("rating"), level.Text("status"), level.Text("firstAnswer"))
            : null;
}

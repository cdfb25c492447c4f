using System.Text.Json;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tickets.Composing;

/// <summary>
/// What happened to a ticket, from the milestones that its conversation carries: the first and the last of each kind. The list of all events
/// would be one more request for every opened ticket.
/// </summary>
internal static class TicketEvents
{
    /// <summary>Two stamps of the same change differ by moments.</summary>
    private static readonly TimeSpan s_same = TimeSpan.FromSeconds(2);

    public static IEnumerable<TimelineItem> Of(Conversation conversation, TicketNames names)
    {
        var all = conversation.Attributes;
        var createdAt = all.Moment("createdAt");
        IEnumerable<TimelineItem?> events =
        [
            At("opened", createdAt, all.Text("direction") is "out" ? "Opened by us" : "Opened"),
            Assigned(all, names),
            Changed(all, "tagsAt", "Tags last changed", createdAt),
            all.Integer("priority") is { } priority ? Changed(all, "priorityAt", $"Priority set to {priority}", createdAt) : null,
            Handed(all),
            Snoozed(all),
            Reopened(all, createdAt),
            Done(all, "firstDone", "Done", names),
            Same(all, "firstDone", "lastDone") ? null : Done(all, "lastDone", "Done again", names),
            Breached(all),
            Ended(all),
            Rated(all),
        ];
        return events.OfType<TimelineItem>();
    }

    /// <summary>A name of Kustomer's as words: <c>longestUnrespondedMessage</c> is "longest unresponded message".</summary>
    internal static string Words(string name) =>
        string.Concat(name.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));

    private static TimelineItem? At(string id, DateTimeOffset? at, string text, string author = "", DateTimeOffset? until = null) =>
        at is null ? null : new TimelineItem { Id = "event-" + id, Kind = TimelineKind.Event, At = at, Author = author, Text = text, Until = until };

    private static TimelineItem? Assigned(JsonElement all, TicketNames names)
    {
        var (people, teams) = (Ids(all, "assignedUsers"), Ids(all, "assignedTeams"));
        var history = all.Member("modificationHistory") ?? default;
        var at = new[] { history.Moment("assignedUsersAt"), history.Moment("assignedTeamsAt") }.Max();
        var known = teams.Select(names.Team).OfType<string>().ToList();
        var team = known.Count == 0 ? "" : $" of {string.Join(", ", known)}";
        return At("assigned", at, people.Count > 0 ? $"Assigned to {string.Join(", ", people.Select(names.Person))}{team}"
            : teams.Count > 0 ? $"Assigned to {(known.Count > 0 ? string.Join(", ", known) : "a team")}"
            : "Assigned to nobody");
    }

    private static TimelineItem? Changed(JsonElement all, string stamp, string text, DateTimeOffset? createdAt) =>
        all.Member("modificationHistory")?.Moment(stamp) is { } at && at - createdAt > s_same ? At(stamp, at, text) : null;

    private static TimelineItem? Handed(JsonElement all) =>
        At("handed", all.Member("assistant")?.Moment("transferredAt"), "Handed over by the assistant");

    private static TimelineItem? Snoozed(JsonElement all)
    {
        var snooze = all.Member("snooze") ?? default;
        return snooze.Text("status") switch
        {
            "scheduled" => At("snoozed", snooze.Moment("statusAt"), "Snoozed until", until: snooze.Moment("time")),
            "canceled" => At("snoozed", snooze.Moment("statusAt"), "Snooze ended early"),
            "elapsed" => At("snoozed", snooze.Moment("time") ?? snooze.Moment("statusAt"), "Snooze ended"),
            _ => null,
        };
    }

    private static TimelineItem? Reopened(JsonElement all, DateTimeOffset? createdAt) =>
        all.Member("open")?.Moment("statusAt") is { } at && at - createdAt > s_same ? At("reopened", at, "Opened again") : null;

    private static TimelineItem? Done(JsonElement all, string milestone, string text, TicketNames names)
    {
        var done = all.Member(milestone) ?? default;
        return At(milestone, done.Moment("createdAt"), text, done.Text("createdBy") is { } id ? names.Person(id) : "");
    }

    private static bool Same(JsonElement all, string first, string last) =>
        all.Member(first)?.Moment("createdAt") == all.Member(last)?.Moment("createdAt");

    private static TimelineItem? Breached(JsonElement all)
    {
        var breach = all.Member("sla")?.Member("breach") ?? default;
        return At("breached", breach.Moment("at"), breach.Text("metric") is { } metric ? $"SLA breached: {Words(metric)}" : "SLA breached");
    }

    private static TimelineItem? Ended(JsonElement all) =>
        At("ended", all.Moment("endedAt"), all.Text("endedByType") is "customer" ? "Ended by the customer" : "Ended");

    private static TimelineItem? Rated(JsonElement all)
    {
        var level = all.Member("satisfactionLevel") ?? default;
        return level.Integer("rating") is { } rating ? At("rated", level.Moment("updatedAt") ?? level.Moment("createdAt"), $"Rated {rating} by the customer") : null;
    }

    private static List<string> Ids(JsonElement all, string name) => [.. all.Items(name).Select(id => id.Text()).OfType<string>()];
}

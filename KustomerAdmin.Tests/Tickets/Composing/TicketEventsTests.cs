using System.Text.Json;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Fetching;

namespace KustomerAdmin.Tests.Tickets.Composing;

public sealed class TicketEventsTests
{
    [Theory]
    [InlineData("""{"createdAt":"2026-10-01T10:00:00Z"}""", "Opened")]
    [InlineData("""{"createdAt":"2026-10-01T10:00:00Z","direction":"out"}""", "Opened by us")]
    [InlineData("""{"assignedUsers":["u1"],"assignedTeams":["t1"],"modificationHistory":{"assignedUsersAt":"2026-10-01T10:00:00Z"}}""", "Assigned to Ada Lovelace of Billing")]
    [InlineData("""{"assignedUsers":["gone"],"assignedTeams":["gone"],"modificationHistory":{"assignedUsersAt":"2026-10-01T10:00:00Z"}}""", "Assigned to Former or unknown colleague")]
    [InlineData("""{"assignedTeams":["t1"],"modificationHistory":{"assignedTeamsAt":"2026-10-01T10:00:00Z"}}""", "Assigned to Billing")]
    [InlineData("""{"modificationHistory":{"assignedUsersAt":"2026-10-01T10:00:00Z"}}""", "Assigned to nobody")]
    [InlineData("""{"snooze":{"status":"scheduled","statusAt":"2026-10-01T10:00:00Z","time":"2026-10-03T10:00:00Z"}}""", "Snoozed until")]
    [InlineData("""{"snooze":{"status":"elapsed","time":"2026-10-03T10:00:00Z"}}""", "Snooze ended")]
    [InlineData("""{"firstDone":{"createdAt":"2026-10-01T10:00:00Z","createdBy":"u1"},"lastDone":{"createdAt":"2026-10-01T10:00:00Z"}}""", "Done")]
    [InlineData("""{"firstDone":{"createdAt":"2026-10-01T10:00:00Z"},"lastDone":{"createdAt":"2026-10-02T10:00:00Z"}}""", "Done|Done again")]
    [InlineData("""{"createdAt":"2026-10-01T10:00:00Z","open":{"statusAt":"2026-10-02T10:00:00Z"}}""", "Opened|Opened again")]
    [InlineData("""{"sla":{"breach":{"metric":"longestUnrespondedMessage","at":"2026-10-01T10:00:00Z"}}}""", "SLA breached: longest unresponded message")]
    [InlineData("""{"satisfactionLevel":{"rating":4,"updatedAt":"2026-10-01T10:00:00Z"}}""", "Rated 4 by the customer")]
    [InlineData("""{"endedAt":"2026-10-01T10:00:00Z","endedByType":"customer"}""", "Ended by the customer")]
    [InlineData("""{"priority":4,"createdAt":"2026-10-01T10:00:00Z","modificationHistory":{"priorityAt":"2026-10-01T12:00:00Z"}}""", "Opened|Priority set to 4")]
    [InlineData("""{"sla":7,"snooze":[],"firstDone":"x","assignedUsers":{},"createdAt":5}""", "")]
    public void Events_OfMilestones_ReadLikeSentences(string attributes, string expected) =>
        string.Join('|', TicketEvents.Of(Conversation(attributes), Names()).Select(item => item.Text)).ShouldBe(expected);

    [Fact]
    public void Sla_OfItsMetrics_KnowsWhatIsDueNext()
    {
        var sla = SlaState.Of(Conversation("""
            {"sla":{"name":"Gold","status":"pending","metrics":{"nextReply":{"onTimeCount":1},"firstResponse":{"breachAt":"2026-10-01T10:00:00Z","satisfiedAt":"2026-10-01T09:00:00Z"},"resolution":{"breachAt":"2026-10-02T10:00:00Z"}}}}
            """)).ShouldNotBeNull();

        (sla.Name, sla.IsBreached, sla.Due?.Name).ShouldBe(("Gold", false, "resolution"));
    }

    private static Conversation Conversation(string attributes) => new() { Id = "c1", UpdatedAt = default, Attributes = JsonDocument.Parse(attributes).RootElement };

    private static TicketNames Names() => new(new TicketRecords
    {
        People = new Part<IReadOnlyList<User>>([new User("u1", "Ada Lovelace")], null),
        Teams = new Part<IReadOnlyList<Team>>([new Team("t1", "Billing")], null),
    });
}

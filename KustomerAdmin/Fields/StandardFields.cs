using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Fields;

/// <summary>
/// The standard attributes of a conversation that are stored beside the ticket's own columns. It is a list of what may be
/// stored, not of what may not: an attribute that Kustomer adds tomorrow could hold text of a message, and stays out until it is named here.
/// </summary>
public static class StandardFields
{
    public static readonly IReadOnlyList<(FieldKey Key, string DisplayName)> All =
    [
        Text("externalId", "External id"),
        Text("replyChannel", "Reply channel"),
        Text("phase", "Phase"),
        Number("satisfaction", "Satisfaction"),
        Number("outboundMessageCount", "Outbound messages"),
        Number("inboundMessageCount", "Inbound messages"),
        Date("modifiedAt", "Changed by a person"),
        Date("importedAt", "Imported"),
        Date("lastReceivedAt", "Last received"),
        Date("lastMessageAt", "Last message"),
        Text("lastMessageDirection", "Last message direction"),
        Boolean("spam", "Spam"),
        Boolean("locked", "Locked"),
        Boolean("ended", "Ended"),
        Date("endedAt", "Ended at"),
        Text("endedReason", "Ended reason"),
        Text("endedByType", "Ended by"),
        Text("assignedUsers", "Assigned people"),
        Text("assignedTeams", "Assigned teams"),
        Number("sentiment.polarity", "Sentiment"),
        Text("snooze.status", "Snooze"),
        Date("snooze.time", "Snoozed until"),
        Text("satisfactionLevel.status", "Survey"),
        Text("satisfactionLevel.channel", "Survey channel"),
        Number("satisfactionLevel.rating", "Survey rating"),
        Number("satisfactionLevel.score", "Survey score"),
        Text("firstMessageIn.channel", "First inbound channel"),
        Date("firstMessageIn.sentAt", "First inbound message"),
        Date("firstMessageOut.sentAt", "First outbound message"),
        Text("firstResponse.createdBy", "First response by"),
        Number("firstResponse.time", "First response time"),
        Number("firstResponse.businessTime", "First response business time"),
        Date("firstDone.createdAt", "First done"),
        Number("firstDone.time", "Time to first done"),
        Date("lastDone.createdAt", "Last done"),
        Text("lastDone.createdBy", "Last done by"),
        Number("doneCount", "Times done"),
        Number("reopenCount", "Times reopened"),
        Number("snoozeCount", "Times snoozed"),
        Number("totalOpen.time", "Time open"),
        Number("totalOpen.businessTime", "Business time open"),
        Text("sla.name", "SLA"),
        Text("sla.status", "SLA status"),
        Boolean("sla.breached", "SLA breached"),
        Text("sla.breach.metric", "SLA breach"),
        Date("sla.breach.at", "SLA breached at"),
        Text("assistant.status", "Assistant"),
        Boolean("mergedTarget", "Merged target"),
        Text("externalQueue", "External queue"),
        Text("defaultLang", "Language"),
        Text("locale", "Locale"),
        Boolean("pinned", "Pinned"),
        Boolean("deleted", "Deleted in Kustomer"),
        Text("brand", "Brand"),
        Text("queue", "Queue"),
        Text("subStatus", "Sub-status"),
    ];

    private static readonly Dictionary<string, string> s_displayNames = All.ToDictionary(field => field.Key.Path, field => field.DisplayName, StringComparer.Ordinal);

    private static readonly HashSet<string> s_durations = All.Select(field => field.Key)
        .Where(key => key.Type is MetadataType.Number && (key.Path.EndsWith(".time", StringComparison.Ordinal) || key.Path.EndsWith(".businessTime", StringComparison.Ordinal)))
        .Select(key => key.Path).ToHashSet(StringComparer.Ordinal);

    /// <summary>Those that an admin can decide about, a ticket's subject among them.</summary>
    public static IEnumerable<(FieldKey Key, string DisplayName)> WithSubject =>
        All.Concat(TicketFields.All.Where(static own => own.Need is null).Select(static own => (own.Key, own.DisplayName)));

    /// <summary>A length of time, which Kustomer counts in milliseconds.</summary>
    public static bool IsDuration(string path) => s_durations.Contains(path);

    /// <summary>The path itself for a field that is not a standard one.</summary>
    public static string DisplayNameOf(FieldKey key) =>
        s_displayNames.TryGetValue(key.Path, out var name) ? name : key.IsCustom ? key.Path[FieldKey.CustomPrefix.Length..] : key.Path;

    private static (FieldKey Key, string DisplayName) Text(string path, string name) => (new FieldKey(path, MetadataType.Text), name);

    private static (FieldKey Key, string DisplayName) Number(string path, string name) => (new FieldKey(path, MetadataType.Number), name);

    private static (FieldKey Key, string DisplayName) Date(string path, string name) => (new FieldKey(path, MetadataType.Date), name);

    private static (FieldKey Key, string DisplayName) Boolean(string path, string name) => (new FieldKey(path, MetadataType.Boolean), name);
}

using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Fields;

/// <summary>A field of which every ticket has a column of its own.</summary>
/// <param name="Need">Why the console cannot do without it; null for one that an admin may exclude.</param>
/// <param name="IsFilled">Null where it is not counted.</param>
public sealed record TicketField(FieldKey Key, string DisplayName, string? Need, Func<Ticket, bool>? IsFilled = null);

/// <summary>The ticket's own columns, beside the standard attributes of <see cref="StandardFields"/>.</summary>
public static class TicketFields
{
    public const string Subject = "subject";

    private const string Lists = "It says nothing about a person; lists and filters work with it.";

    public static readonly IReadOnlyList<TicketField> All =
    [
        new(new FieldKey("id", MetadataType.Text), "Id", "The ticket is known by it.", static _ => true),
        new(new FieldKey(Subject, MetadataType.Text), "Subject", null, static ticket => ticket.Subject is not null),
        new(new FieldKey("status", MetadataType.Text), "Status", Lists, static ticket => ticket.Status is not null),
        new(new FieldKey("priority", MetadataType.Number), "Priority", Lists, static ticket => ticket.Priority is not null),
        new(new FieldKey("direction", MetadataType.Text), "Direction", Lists, static ticket => ticket.Direction is not null),
        new(new FieldKey("messageCount", MetadataType.Number), "Messages", Lists, static ticket => ticket.MessageCount is not null),
        new(new FieldKey("noteCount", MetadataType.Number), "Notes", Lists, static ticket => ticket.NoteCount is not null),
        new(new FieldKey("createdAt", MetadataType.Date), "Created", "The sync tells tickets of one moment apart by it.", static ticket => ticket.CreatedAt is not null),
        new(new FieldKey("updatedAt", MetadataType.Date), "Updated", "The sync finds by it what is new.", static _ => true),
        new(new FieldKey("lastActivityAt", MetadataType.Date), "Last activity", Lists, static ticket => ticket.LastActivityAt is not null),
        new(new FieldKey("channel", MetadataType.Text), "Channels", Lists),
        new(new FieldKey("tag", MetadataType.Text), "Tags", Lists),
        new(new FieldKey("customer", MetadataType.Text), "Customer", "Only Kustomer's id of the customer, no name: it counts the tickets of one customer.", static ticket => ticket.CustomerId is not null),
    ];

    private static readonly Dictionary<string, string?> s_needs = All.ToDictionary(static field => field.Key.Path, static field => field.Need, StringComparer.Ordinal);

    /// <summary>Why a field cannot be excluded; null for one that can be.</summary>
    public static string? NeedOf(string key) =>
        s_needs.TryGetValue(key, out var need) ? need
        : string.Equals(key, "deleted", StringComparison.Ordinal) ? "Deleted tickets are told from others by it."
        : null;
}

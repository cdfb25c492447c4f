using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>One line of the ticket list.</summary>
public sealed record TicketRow
{
    internal static readonly IReadOnlyDictionary<string, StoredValue> NoValues = new Dictionary<string, StoredValue>(StringComparer.Ordinal);

    public required long Id { get; init; }

    public required string KustomerId { get; init; }

    public required long InstanceId { get; init; }

    public required string Instance { get; init; }

    public string? Subject { get; init; }

    public string? Status { get; init; }

    public int? Priority { get; init; }

    public string? Direction { get; init; }

    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Kustomer's ids of the tags. Like the channels, they are read only where they are shown.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? LastActivityAt { get; init; }

    public int? MessageCount { get; init; }

    public int? NoteCount { get; init; }

    public int? CustomerConversations { get; init; }

    /// <summary>Values of the chosen columns that are standard attributes or custom fields, by field key.</summary>
    public IReadOnlyDictionary<string, StoredValue> Values { get; init; } = NoValues;

    /// <summary>The value of a field of the ticket's own, by its key: text, a whole number or a moment. Null for any other field.</summary>
    internal object? Own(string key) => key switch
    {
        "subject" => Subject,
        OwnField.Status => Status,
        "priority" => Priority,
        OwnField.Direction => Direction,
        OwnField.Channel => string.Join(", ", Channels),
        OwnField.Tag => string.Join(", ", Tags),
        "messageCount" => MessageCount,
        "noteCount" => NoteCount,
        "createdAt" => CreatedAt,
        OwnField.Updated => UpdatedAt,
        "lastActivityAt" => LastActivityAt,
        OwnField.Instance => Instance,
        OwnField.Id => KustomerId,
        "customerConversations" => CustomerConversations,
        _ => null,
    };
}

/// <summary>One page of rows.</summary>
public sealed record TicketPageOfRows(IReadOnlyList<TicketRow> Rows, bool HasNext);

/// <param name="IsCapped">There are more than <paramref name="Number"/>; nobody has counted them.</param>
public sealed record TicketCount(long Number, bool IsCapped);

/// <summary>A metadata value as it is shown.</summary>
public sealed record StoredValue(string? Text, double? Number, DateTimeOffset? Moment, bool? Truth)
{
    internal static StoredValue Of(MetadataType type, TicketMetadata value) => new(
        value.LongTextValue ?? value.TextValue,
        type is MetadataType.Boolean ? null : value.NumberValue,
        value.DateValue,
        type is MetadataType.Boolean && value.NumberValue is { } number ? number > 0 : null);

    /// <returns>Null when the ticket has none.</returns>
    internal static StoredValue? Of(StandardColumn column, TicketAttributes attributes) => column switch
    {
        StandardColumn<string?> text => text.Get(attributes) is { } value ? new StoredValue(value, null, null, null) : null,
        StandardColumn<double?> number => number.Get(attributes) is { } value ? new StoredValue(null, value, null, null) : null,
        StandardColumn<DateTimeOffset?> date => date.Get(attributes) is { } value ? new StoredValue(null, null, value, null) : null,
        StandardColumn<bool?> truth => truth.Get(attributes) is { } value ? new StoredValue(null, null, null, value) : null,
        _ => null,
    };
}

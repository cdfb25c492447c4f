using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;

namespace KustomerAdmin.Tickets;

/// <summary>One line of the ticket list.</summary>
public sealed record TicketRow
{
    public required long Id { get; init; }

    public required string KustomerId { get; init; }

    public string? Subject { get; init; }

    public string? Status { get; init; }

    public int? Priority { get; init; }

    public IReadOnlyList<string> Channels { get; init; } = [];

    public required string Instance { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public int? MessageCount { get; init; }

    public int? NoteCount { get; init; }

    public int? CustomerConversations { get; init; }

    /// <summary>Values of the chosen metadata columns, by field key.</summary>
    public IReadOnlyDictionary<string, StoredValue> Values { get; init; } = new Dictionary<string, StoredValue>(StringComparer.Ordinal);
}

public sealed record TicketSheet(IReadOnlyList<TicketRow> Rows, int Total)
{
    public int Pages => Math.Max(1, (Total + TicketQuery.PageSize - 1) / TicketQuery.PageSize);
}

public sealed record InstanceChoice(long Id, string Name);

public sealed record TicketFilterChoices(IReadOnlyList<InstanceChoice> Instances, IReadOnlyList<string> Statuses, IReadOnlyList<string> Channels);

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

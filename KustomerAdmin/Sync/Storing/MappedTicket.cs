using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;

namespace KustomerAdmin.Sync.Storing;

/// <summary>What is stored of one conversation, before it meets the database.</summary>
internal sealed record MappedTicket
{
    public required string KustomerId { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? CustomerId { get; init; }

    public string? Subject { get; init; }

    public string? Status { get; init; }

    public int? Priority { get; init; }

    public string? Direction { get; init; }

    public int? MessageCount { get; init; }

    public int? NoteCount { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? LastActivityAt { get; init; }

    public required IReadOnlyList<string> Channels { get; init; }

    public required IReadOnlyList<string> TagIds { get; init; }

    /// <summary>The standard attributes.</summary>
    public TicketAttributes Attributes { get; init; } = new();

    /// <summary>The custom attributes, and standard ones that do not fit their column.</summary>
    public required IReadOnlyList<MappedValue> Values { get; init; }
}

/// <summary>One metadata value; exactly one of text, number and moment is set.</summary>
internal readonly record struct MappedValue(FieldKey Field, string? Text, double? Number, DateTimeOffset? Moment);

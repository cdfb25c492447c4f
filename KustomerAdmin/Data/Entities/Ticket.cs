namespace KustomerAdmin.Data.Entities;

/// <summary>The stored metadata of one Kustomer conversation. Message text is never part of it.</summary>
public sealed class Ticket
{
    public const int SubjectLength = 256;

    /// <summary>The <see cref="ContentHash"/> of a ticket that was stored otherwise than by the sync: it is written again when it is next read.</summary>
    public const long NoHash = 0;

    public long Id { get; set; }

    public long InstanceId { get; set; }

    /// <summary>Kustomer's id of the conversation.</summary>
    public required string KustomerId { get; init; }

    public long? CustomerId { get; set; }

    public Customer? Customer { get; init; }

    public string? Subject { get; set; }

    public string? Status { get; set; }

    public int? Priority { get; set; }

    public string? Direction { get; set; }

    public int? MessageCount { get; set; }

    public int? NoteCount { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>Kustomer's <c>updatedAt</c>: any change, the system's included.</summary>
    public required DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset? LastActivityAt { get; set; }

    /// <summary>When the console learnt that Kustomer deleted or merged the conversation; null for one that is there.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When a reconciliation first missed it; deleted only when a second look misses it too.</summary>
    public DateTimeOffset? MissingSince { get; set; }

    /// <summary>When a version was stored whose <see cref="UpdatedAt"/> was still to come; null for any other. Such a date says nothing of what is newer, also when it has come.</summary>
    public DateTimeOffset? AheadSince { get; set; }

    /// <summary>Hash of all that is stored of the ticket. Equal means nothing to write.</summary>
    public long ContentHash { get; set; }

    public List<TicketChannel> Channels { get; init; } = [];

    public List<TicketTag> Tags { get; init; } = [];

    public List<TicketMetadata> Metadata { get; init; } = [];

    public TicketAttributes? Attributes { get; init; }
}

/// <summary>A channel of a ticket, such as <c>email</c>; Kustomer may name new ones at any time.</summary>
public sealed class TicketChannel
{
    public const int NameLength = 50;

    public long TicketId { get; init; }

    public required string Channel { get; init; }
}

/// <summary>A tag of a ticket, by Kustomer's id of the tag.</summary>
public sealed class TicketTag
{
    public long TicketId { get; init; }

    public required string TagId { get; init; }
}

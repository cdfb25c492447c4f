using KustomerAdmin.Tickets.Composing;

namespace KustomerAdmin.Tickets.Fetching;

/// <summary>What the sync stored of a ticket; shown at once, and alone when Kustomer cannot be reached.</summary>
public sealed record StoredTicket
{
    public required long Id { get; init; }

    public required long InstanceId { get; init; }

    public required string Instance { get; init; }

    public required string Subdomain { get; init; }

    public required string KustomerId { get; init; }

    public string? CustomerKustomerId { get; init; }

    public string? Subject { get; init; }

    public string? Status { get; init; }

    public int? Priority { get; init; }

    public IReadOnlyList<string> Channels { get; init; } = [];

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the console learnt that Kustomer deleted or merged it; null for one that is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    public int? CustomerConversations { get; init; }

    /// <summary>At the last sync.</summary>
    public int? MessageCount { get; init; }

    /// <summary>Whether a team was assigned at the last sync, as far as that is stored.</summary>
    public bool NamesTeams => Facts.Any(static fact => fact.Key is "assignedTeams");

    public IReadOnlyList<TicketFact> Facts { get; init; } = [];

    /// <summary>Keys of the instance's fields that are shown live and never stored.</summary>
    public IReadOnlyList<string> NotStored { get; init; } = [];

    /// <summary>The ticket in Kustomer's own web app.</summary>
    public Uri? PortalAddress { get; init; }
}

using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tickets;

/// <summary>A part of a ticket as it came from Kustomer, or why it did not.</summary>
public sealed record Part<T>(T? Value, string? Problem)
    where T : class;

/// <summary>An opened ticket. It lives in the page that shows it and dies with it; nothing of it is stored.</summary>
public sealed record TicketView
{
    public required Part<Conversation> Conversation { get; init; }

    public required Part<Customer> Customer { get; init; }

    public required Part<IReadOnlyList<TimelineItem>> Messages { get; init; }

    public required Part<IReadOnlyList<TimelineItem>> Notes { get; init; }

    public required Part<IReadOnlyList<Tag>> Tags { get; init; }

    public required IReadOnlyList<TicketFact> Facts { get; init; }

    /// <summary>Messages and notes, oldest first.</summary>
    public IEnumerable<TimelineItem> Timeline => (Messages.Value ?? []).Concat(Notes.Value ?? []).OrderBy(item => item.At);
}

public enum TimelineKind
{
    Inbound,
    Outbound,
    Note,
}

/// <summary>A message or a note.</summary>
public sealed record TimelineItem
{
    public required string Id { get; init; }

    public required TimelineKind Kind { get; init; }

    public DateTimeOffset? At { get; init; }

    public required string Author { get; init; }

    public string? Channel { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    public bool HasFailed { get; init; }

    public IReadOnlyList<TimelineAttachment> Attachments { get; init; } = [];
}

/// <param name="Address">Where this admin downloads it, relative to the console.</param>
/// <param name="Name">Cleaned: safe as a file name.</param>
/// <param name="Length">Bytes, as announced.</param>
public sealed record TimelineAttachment(string Id, string Address, string Name, long? Length, bool IsRedacted);

/// <summary>A line of a ticket's metadata.</summary>
public sealed record TicketFact(string Key, string DisplayName, StoredValue Value, bool IsCustom);

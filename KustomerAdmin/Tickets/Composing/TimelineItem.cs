using KustomerAdmin.Tickets.Attachments;

namespace KustomerAdmin.Tickets.Composing;

public enum TimelineKind
{
    Inbound,
    Outbound,
    Note,

    /// <summary>Something that happened to the ticket: it was assigned, done, opened again.</summary>
    Event,
}

/// <summary>A message, a note or an event.</summary>
public sealed record TimelineItem
{
    public required string Id { get; init; }

    public required TimelineKind Kind { get; init; }

    public DateTimeOffset? At { get; init; }

    public required string Author { get; init; }

    public string? Channel { get; init; }

    public string? Subject { get; init; }

    public string? Text { get; init; }

    /// <summary>A moment that the event's text leads up to, such as the end of a snooze.</summary>
    public DateTimeOffset? Until { get; init; }

    public bool HasFailed { get; init; }

    public IReadOnlyList<TimelineAttachment> Attachments { get; init; } = [];
}

/// <param name="Name">Cleaned: safe as a file name.</param>
/// <param name="Length">Bytes, as announced.</param>
/// <param name="Preview">What it claims to be; what it is shows when it is opened.</param>
/// <param name="Sealed">Made when it is asked for: a long thread has hundreds of attachments, of which few are seen.</param>
public sealed record TimelineAttachment(string Id, string Name, long? Length, bool IsRedacted, PreviewKind Preview, Lazy<string> Sealed)
{
    public bool IsTooLarge => Length > Kustomer.AttachmentSource.Largest;

    /// <summary>Where this admin downloads it, relative to the console.</summary>
    public string Address => TicketEndpoints.AttachmentAddress(Sealed.Value);

    /// <summary>Where this admin's browser shows it in a frame.</summary>
    public string PreviewAddress => TicketEndpoints.PreviewAddress(Sealed.Value, Preview);
}

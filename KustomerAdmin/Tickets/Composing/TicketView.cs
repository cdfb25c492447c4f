using KustomerAdmin.Fields;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tickets.Composing;

/// <summary>An opened ticket, as far as it has come. It lives in the page that shows it and dies with it; nothing of it is stored.</summary>
public sealed record TicketView
{
    internal TicketView(TicketRecords records) => Records = records;

    public required Part<Conversation> Conversation { get; init; }

    public required Part<Customer> Customer { get; init; }

    public required Part<IReadOnlyList<TimelineItem>> Messages { get; init; }

    public required Part<IReadOnlyList<TimelineItem>> Notes { get; init; }

    public required Part<IReadOnlyList<Tag>> Tags { get; init; }

    public required IReadOnlyList<TicketFact> Facts { get; init; }

    /// <summary>Messages, notes and events, oldest first.</summary>
    public required IReadOnlyList<TimelineItem> Timeline { get; init; }

    public SlaState? Sla { get; init; }

    public Satisfaction? Satisfaction { get; init; }

    /// <summary>Nothing is under way any more.</summary>
    public bool IsComplete { get; init; }

    /// <summary>The ticket that this one was merged into, where Kustomer says so.</summary>
    public Survivor? Survivor { get; init; }

    internal TicketRecords Records { get; private init; }

    public Part Of(TicketPart part) => Records.Of(part);

    /// <summary>What the rate limit refused waits for somebody.</summary>
    internal TicketView WithoutRetry() => this with { Records = Records.WithoutRetry() };

    /// <summary>Kustomer still answers, and says that it is deleted.</summary>
    public bool IsDeleted => Conversation.Value?.Attributes.IsTrue("deleted") == true;

    /// <summary>Nothing of the ticket itself came: the page says so once.</summary>
    public bool IsWithoutDetails => Conversation.Problem is not null && Messages.Problem is not null && Notes.Problem is not null;

    /// <summary>The parts that may be asked for again.</summary>
    public IReadOnlyList<TicketPart> Failed => [.. Enum.GetValues<TicketPart>().Where(part => Of(part).Failure is not PartFailure.None)];

    /// <summary>When those that were refused by the rate limit may be asked for again; null when there are none.</summary>
    public DateTimeOffset? RetryAt => Failed.Select(part => Of(part).RetryAt).Max();
}

/// <summary>A line of a ticket's metadata.</summary>
public sealed record TicketFact(string Key, string DisplayName, StoredValue Value, bool IsCustom)
{
    /// <summary>A length of time, which Kustomer counts in milliseconds.</summary>
    public bool IsDuration => Value.Number is not null && StandardFields.IsDuration(Key);

    /// <summary>What kind of value it is, for people.</summary>
    public string Type =>
        IsDuration ? "duration"
        : Value.Moment is not null ? "date"
        : Value.Truth is not null ? "yes/no"
        : Value.Number is not null ? "number"
        : "text";
}

/// <summary>The ticket that another one was merged into.</summary>
/// <param name="TicketId">Null when it is not stored here.</param>
public sealed record Survivor(string KustomerId, long? TicketId, Uri? PortalAddress = null);

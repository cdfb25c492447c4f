namespace KustomerAdmin.Data.Entities;

/// <summary>
/// The standard attributes of a ticket beside the ticket's own columns, a column each: every conversation has most of them, and a column costs a
/// tenth of a row in the table of the fields that differ from organisation to organisation (<see cref="TicketMetadata"/>).
/// A property is named after the attribute's path: <c>sla.breach.at</c> is <see cref="SlaBreachAt"/>.
/// </summary>
public sealed class TicketAttributes
{
    /// <summary>Longest text of a standard attribute; a longer one is cut.</summary>
    public const int TextLength = 400;

    public long TicketId { get; set; }

    public string? ExternalId { get; set; }

    public string? ReplyChannel { get; set; }

    public string? Phase { get; set; }

    public double? Satisfaction { get; set; }

    public double? OutboundMessageCount { get; set; }

    public double? InboundMessageCount { get; set; }

    public DateTimeOffset? ModifiedAt { get; set; }

    public DateTimeOffset? ImportedAt { get; set; }

    public DateTimeOffset? LastReceivedAt { get; set; }

    public DateTimeOffset? LastMessageAt { get; set; }

    public string? LastMessageDirection { get; set; }

    public bool? Spam { get; set; }

    public bool? Locked { get; set; }

    public bool? Ended { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedReason { get; set; }

    public string? EndedByType { get; set; }

    public string? AssignedUsers { get; set; }

    public string? AssignedTeams { get; set; }

    public double? SentimentPolarity { get; set; }

    public string? SnoozeStatus { get; set; }

    public DateTimeOffset? SnoozeTime { get; set; }

    public string? SatisfactionLevelStatus { get; set; }

    public string? SatisfactionLevelChannel { get; set; }

    public double? SatisfactionLevelRating { get; set; }

    public double? SatisfactionLevelScore { get; set; }

    public string? FirstMessageInChannel { get; set; }

    public DateTimeOffset? FirstMessageInSentAt { get; set; }

    public DateTimeOffset? FirstMessageOutSentAt { get; set; }

    public string? FirstResponseCreatedBy { get; set; }

    public double? FirstResponseTime { get; set; }

    public double? FirstResponseBusinessTime { get; set; }

    public DateTimeOffset? FirstDoneCreatedAt { get; set; }

    public double? FirstDoneTime { get; set; }

    public DateTimeOffset? LastDoneCreatedAt { get; set; }

    public string? LastDoneCreatedBy { get; set; }

    public double? DoneCount { get; set; }

    public double? ReopenCount { get; set; }

    public double? SnoozeCount { get; set; }

    public double? TotalOpenTime { get; set; }

    public double? TotalOpenBusinessTime { get; set; }

    public string? SlaName { get; set; }

    public string? SlaStatus { get; set; }

    public bool? SlaBreached { get; set; }

    public string? SlaBreachMetric { get; set; }

    public DateTimeOffset? SlaBreachAt { get; set; }

    public string? AssistantStatus { get; set; }

    public bool? MergedTarget { get; set; }

    public string? ExternalQueue { get; set; }

    public string? DefaultLang { get; set; }

    public string? Locale { get; set; }

    public bool? Pinned { get; set; }

    public bool? Deleted { get; set; }

    public string? Brand { get; set; }

    public string? Queue { get; set; }

    public string? SubStatus { get; set; }
}

namespace KustomerAdmin.Data.Entities;

/// <summary>The removal of what is stored of a field that was excluded: a job that goes on after a restart, and its receipt once it has ended.</summary>
public sealed class FieldPurge
{
    public long Id { get; set; }

    public required int FieldId { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Id of the last ticket that is done; 0 at the beginning.</summary>
    public long LastTicketId { get; set; }

    /// <summary>Values removed so far.</summary>
    public long Removed { get; set; }

    /// <summary>Values that were to be removed when it began.</summary>
    public long Expected { get; init; }

    public DateTimeOffset? EndedAt { get; set; }
}

using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Usage;

/// <summary>Why requests are sent to Kustomer, for the ledger. A run changes its purpose as it goes from one part to the next.</summary>
public sealed class RequestCause(RequestPurpose purpose)
{
    public RequestPurpose Purpose { get; set; } = purpose;

    public long? RunId { get; init; }

    /// <summary>Name of the admin who caused them; null for the schedule.</summary>
    public string? CausedBy { get; init; }

    /// <summary>The opened ticket.</summary>
    public long? TicketId { get; init; }
}

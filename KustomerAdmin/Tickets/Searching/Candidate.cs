using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>A ticket beside the row that tells its place in the list, while the database looks for it. Only what a query uses is joined.</summary>
internal sealed class Candidate
{
    /// <summary>From whichever table was read first, so that what is asked by it needs no look at the ticket.</summary>
    public long Id { get; init; }

    public Ticket Ticket { get; init; } = null!;

    public TicketMetadata Row { get; init; } = null!;

    public TicketAttributes Attributes { get; init; } = null!;

    public Customer Customer { get; init; } = null!;
}

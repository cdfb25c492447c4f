namespace KustomerAdmin.Data.Entities;

/// <summary>How one admin last arranged the ticket list.</summary>
public sealed class TicketListLayout
{
    public const int ColumnsLength = 4000;

    public required string AdminId { get; init; }

    /// <summary>Keys of the columns in their order, with widths in pixels, as the list writes them.</summary>
    public string? Columns { get; set; }

    public bool IsDense { get; set; }
}

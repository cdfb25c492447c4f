namespace KustomerAdmin.Data.Entities;

/// <summary>
/// How the values of one stored field are spread, for the choice between two ways of asking the database. Estimates, never shown as exact.
/// It holds values of the field: it goes with them when the field is excluded.
/// </summary>
public sealed class FieldStatistics
{
    public const int ValuesLength = 8000;

    public int FieldId { get; init; }

    /// <summary>Tickets that have a value.</summary>
    public long Tickets { get; set; }

    public long Distinct { get; set; }

    /// <summary>The most frequent values with their counts, as JSON.</summary>
    public string? TopValues { get; set; }

    /// <summary>Bounds of equally full ranges of numbers or moments, as JSON; null for text.</summary>
    public string? Histogram { get; set; }

    public required DateTimeOffset MeasuredAt { get; set; }
}

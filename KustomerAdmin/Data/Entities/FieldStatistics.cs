namespace KustomerAdmin.Data.Entities;

/// <summary>How values are spread over tickets, for the choice between two ways of asking the database. Estimates, never shown as exact.</summary>
public abstract class ValueStatistics
{
    public const int ValuesLength = 8000;

    /// <summary>Tickets that have a value.</summary>
    public long Tickets { get; set; }

    public long Distinct { get; set; }

    /// <summary>The most frequent values with their counts, as JSON.</summary>
    public string? TopValues { get; set; }

    /// <summary>Bounds of equally full ranges of numbers or moments, as JSON; null for text.</summary>
    public string? Histogram { get; set; }

    public DateTimeOffset MeasuredAt { get; set; }
}

/// <summary>Statistics of one custom field of one instance. They hold values of the field: they go with them when it is excluded.</summary>
public sealed class FieldStatistics : ValueStatistics
{
    public required int FieldId { get; init; }
}

/// <summary>Statistics of a field that is a column, over all instances. They hold values of it: they go when an instance excludes it, and are measured again without them.</summary>
public sealed class ColumnStatistics : ValueStatistics
{
    /// <summary>As conditions name the field: <c>status</c>, <c>sla.status</c>.</summary>
    public required string Key { get; init; }
}

namespace KustomerAdmin.Data.Entities;

/// <summary>One value of one field on one ticket; exactly one of the value columns is set.</summary>
public sealed class TicketMetadata
{
    /// <summary>Longest text an index holds on SQL Server; longer text goes to <see cref="LongTextValue"/>.</summary>
    public const int IndexedTextLength = 400;

    public long TicketId { get; init; }

    public int FieldId { get; init; }

    public string? TextValue { get; set; }

    public string? LongTextValue { get; set; }

    /// <summary>Numbers, and yes/no as 1/0.</summary>
    public double? NumberValue { get; set; }

    public DateTimeOffset? DateValue { get; set; }
}

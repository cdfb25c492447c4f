namespace KustomerAdmin.Data.Entities;

/// <summary>
/// A metadata field of one instance: one that Kustomer defines or that was seen on a ticket, and a standard attribute that an admin decided about.
/// </summary>
public sealed class MetadataField
{
    public const int KeyLength = 200;

    public int Id { get; set; }

    public long InstanceId { get; init; }

    /// <summary>Path of the attribute, such as <c>sla.status</c> or <c>custom.orderNumberStr</c>.</summary>
    public required string Key { get; init; }

    public required string DisplayName { get; set; }

    public MetadataType Type { get; init; }

    /// <summary>Whether its values are stored. It is asked before anything is written.</summary>
    public FieldStorage Storage { get; set; }

    /// <summary>Kustomer's definitions name it; false for one that was only seen on tickets.</summary>
    public bool IsDefined { get; set; }
}

public enum FieldStorage
{
    Stored,

    /// <summary>An admin decided that it is not stored.</summary>
    Excluded,

    /// <summary>New, and not stored until an admin decides.</summary>
    HeldBack,
}

public enum MetadataType
{
    Text,
    Number,
    Date,
    Boolean,
}

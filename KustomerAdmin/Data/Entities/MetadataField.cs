namespace KustomerAdmin.Data.Entities;

/// <summary>A metadata field of one instance, seen on a ticket.</summary>
public sealed class MetadataField
{
    public const int KeyLength = 200;

    public int Id { get; set; }

    public long InstanceId { get; init; }

    /// <summary>Path of the attribute, such as <c>sla.status</c> or <c>custom.orderNumberStr</c>.</summary>
    public required string Key { get; init; }

    public required string DisplayName { get; set; }

    public MetadataType Type { get; init; }
}

public enum MetadataType
{
    Text,
    Number,
    Date,
    Boolean,
}

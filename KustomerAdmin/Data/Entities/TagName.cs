namespace KustomerAdmin.Data.Entities;

/// <summary>What an organisation calls one of its tags: part of its settings, as the names of its fields are. Tickets have a tag's id.</summary>
public sealed class TagName
{
    /// <summary>Longer names are cut. Kustomer's end at 64 signs.</summary>
    public const int NameLength = 200;

    public long InstanceId { get; init; }

    /// <summary>Kustomer's.</summary>
    public required string TagId { get; init; }

    public required string Name { get; set; }
}

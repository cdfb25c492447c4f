using KustomerAdmin.Fields;

namespace KustomerAdmin.Filters;

/// <summary>A field that tickets can be filtered by, sorted by and shown with, over all instances that have it.</summary>
/// <param name="Key">The ticket's own ones by a name of ours (<c>status</c>, <c>updatedAt</c>, <c>tag</c>), standard attributes and custom fields by their path.</param>
/// <param name="IsStored">False for a field that an admin excluded or that is held back: conditions on it are struck out.</param>
public sealed record FilterField(string Key, string DisplayName, FilterFieldType Type, FilterFieldGroup Group, bool IsStored = true)
{
    /// <summary>Of several values none comes first.</summary>
    public bool HasOrder => IsStored && Type is not FilterFieldType.List;

    /// <summary>A length of time in milliseconds.</summary>
    public bool IsDuration => Group is FilterFieldGroup.Standard && StandardFields.IsDuration(Key);

    /// <summary>Where its values stand as numbers.</summary>
    public string NameWithUnit => IsDuration ? $"{DisplayName} (ms)" : DisplayName;
}

public enum FilterFieldType
{
    Text,
    Number,
    Date,
    YesNo,

    /// <summary>Several values on one ticket, out of names that the console knows: channels, tags.</summary>
    List,

    /// <summary>One value out of names that the console knows: instance, status.</summary>
    Choice,
}

/// <summary>Where a chooser of fields lists it, in this order.</summary>
public enum FilterFieldGroup
{
    Ticket,
    Customer,
    Custom,
    Standard,
}

namespace KustomerAdmin.Data.Entities;

/// <summary>A ticket list that an admin gave a name: filter, sort and columns, as the list's address has them.</summary>
public sealed class SavedFilter
{
    public const int NameLength = 100;
    public const int AddressLength = 8000;

    public long Id { get; set; }

    /// <summary>Account id of the admin who owns it.</summary>
    public required string OwnerId { get; init; }

    public required string Name { get; set; }

    /// <summary>Every admin sees it; only its owner changes it.</summary>
    public bool IsShared { get; set; }

    /// <summary>The list's address without its page.</summary>
    public required string Address { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Grows with every change, so that two people who change it at once notice.</summary>
    public long Version { get; set; }

    public List<SavedFilterField> Fields { get; init; } = [];
}

/// <summary>A field that a saved filter asks for, so that excluding the field can say which filters it touches.</summary>
public sealed class SavedFilterField
{
    public long FilterId { get; init; }

    public required string Key { get; init; }
}

/// <summary>What one admin wants of a saved filter, an own or a shared one.</summary>
public sealed class SavedFilterChoice
{
    public required string AdminId { get; init; }

    public long FilterId { get; init; }

    public bool IsPinned { get; set; }

    /// <summary>The list opens with it. At most one of an admin's is.</summary>
    public bool IsDefault { get; set; }
}

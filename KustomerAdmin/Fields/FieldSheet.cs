using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Fields;

/// <summary>The fields of one instance as the Fields page shows them.</summary>
public sealed record FieldSheet
{
    /// <summary>All instances, by name.</summary>
    public required IReadOnlyList<FieldInstance> Instances { get; init; }

    /// <summary>The one whose fields these are; null when there is none.</summary>
    public FieldInstance? Instance { get; init; }

    public IReadOnlyList<FieldLine> Lines { get; init; } = [];
}

/// <param name="AreNewHeldBack">What becomes of custom fields that are met for the first time.</param>
public sealed record FieldInstance(long Id, string Name, long Tickets, bool IsConnected, bool AreNewHeldBack);

public sealed record FieldLine
{
    public required FieldKey Key { get; init; }

    public required string DisplayName { get; init; }

    public required FieldOrigin Origin { get; init; }

    public FieldStorage Storage { get; init; }

    /// <summary>Null where it is not known.</summary>
    public FieldCoverage? Coverage { get; init; }

    /// <summary>Why it cannot be excluded; null when it can be.</summary>
    public string? Need { get; init; }

    public bool LooksSensitive { get; init; }

    /// <summary>The removal of what was stored of it, under way or done.</summary>
    public PurgeLine? Purge { get; init; }

    /// <summary>Stored though it looks as if it should not be.</summary>
    public bool IsProposed => LooksSensitive && Storage is not FieldStorage.Excluded;
}

public enum FieldOrigin
{
    /// <summary>Kustomer's definitions name it.</summary>
    Defined,

    /// <summary>Tickets have it; the definitions do not name it.</summary>
    Seen,

    /// <summary>The definitions named it once.</summary>
    Deleted,

    /// <summary>Every conversation of Kustomer can have it.</summary>
    Standard,
}

/// <summary>How many tickets have a field.</summary>
/// <param name="IsAtLeast">Counting ended there.</param>
/// <param name="IsEstimate">Measured some time ago, or on some of the tickets.</param>
public sealed record FieldCoverage(long Tickets, bool IsAtLeast, bool IsEstimate);

public sealed record PurgeLine(long Id, string Key, string DisplayName, string RequestedBy, DateTimeOffset RequestedAt, long Removed, long Expected, DateTimeOffset? EndedAt);

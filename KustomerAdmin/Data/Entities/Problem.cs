namespace KustomerAdmin.Data.Entities;

/// <summary>Something that keeps an instance from working as it should. It is opened once, closed by itself, and kept as history.</summary>
public sealed class Problem
{
    public const int TextLength = 500;

    public long Id { get; set; }

    public required long InstanceId { get; init; }

    public required ProblemKind Kind { get; init; }

    /// <summary>Cause, in words for people. Never a secret, never text of a ticket.</summary>
    public required string Cause { get; set; }

    /// <summary>What does not work because of it.</summary>
    public required string Affects { get; set; }

    public required string NextStep { get; set; }

    /// <summary>Grows when it becomes more urgent, such as a key that ends in 14 days instead of 30; each stage is told once.</summary>
    public int Stage { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Null while it is open. At most one of a kind is open on an instance.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>The names are stored; do not rename one.</summary>
public enum ProblemKind
{
    /// <summary>Kustomer rejects the credentials.</summary>
    Credentials,

    /// <summary>The key ends within 30 days.</summary>
    KeyEnding,

    /// <summary>Some parts do not work with this key.</summary>
    MissingRoles,

    /// <summary>Runs fail.</summary>
    Sync,

    /// <summary>Nothing was synced whole for long.</summary>
    Stale,

    /// <summary>Records that cannot be read.</summary>
    Unreadable,

    /// <summary>A replaced key still exists in Kustomer, as far as is known.</summary>
    OldKey,

    /// <summary>What is stored could not be compared with Kustomer.</summary>
    Comparison,
}

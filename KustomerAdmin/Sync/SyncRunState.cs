using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Usage;

namespace KustomerAdmin.Sync;

/// <summary>One run under way: whose, under which epoch, and what it has done so far.</summary>
internal sealed class SyncRunState(long runId, long instanceId, long epoch, string? startedBy)
{
    public required string LeaseOwner { get; init; }

    public required RunKind Kind { get; init; }

    public long RunId { get; } = runId;

    public long InstanceId { get; } = instanceId;

    /// <summary>The instance's epoch when the run began; a commit under another one is refused.</summary>
    public long Epoch { get; } = epoch;

    /// <summary>For the ledger; its purpose is that of the part under way.</summary>
    public RequestCause Cause { get; } = new(RequestPurpose.Tickets) { RunId = runId, CausedBy = startedBy };

    /// <summary>What earlier runs stored but did not come to finish; null when the last one finished.</summary>
    public Leftovers? Leftovers { get; init; }

    /// <summary>It ended well with work left: the next run need not wait for the interval.</summary>
    public bool HasMore { get; set; }

    /// <summary>Pages of tickets that were committed.</summary>
    public int Pages { get; set; }

    public PageCounts Counts { get; set; }

    /// <summary>The instance's fields, between two pages.</summary>
    public FieldCatalog? Fields { get; set; }
}

/// <summary>Tickets whose customers may not be counted, and fields that may not be named, because the runs that stored them ended early.</summary>
/// <param name="Since">When the last run that finished began; null when none ever did.</param>
internal sealed record Leftovers(DateTimeOffset? Since);

/// <summary>What pages did to the stored tickets.</summary>
/// <param name="Deleted">Stored as deleted from now on; an added one is among <paramref name="Added"/> too.</param>
/// <param name="Revived">Among the updated ones, those that had been taken for deleted.</param>
internal readonly record struct PageCounts(int Added, int Updated, int Unchanged, int Unreadable, int Deleted = 0, int Revived = 0)
{
    public bool HasNews => Added + Updated + Deleted > 0;

    public static PageCounts operator +(PageCounts left, PageCounts right) =>
        new(left.Added + right.Added, left.Updated + right.Updated, left.Unchanged + right.Unchanged, left.Unreadable + right.Unreadable, left.Deleted + right.Deleted, left.Revived + right.Revived);
}

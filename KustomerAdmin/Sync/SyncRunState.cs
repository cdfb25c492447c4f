using KustomerAdmin.Data.Entities;
using KustomerAdmin.Usage;

namespace KustomerAdmin.Sync;

/// <summary>One run under way: whose, under which epoch, and what it has done so far.</summary>
internal sealed class SyncRunState(long runId, long instanceId, long epoch, string? startedBy)
{
    private long? _waitingSince;

    public required string LeaseOwner { get; init; }

    public required RunKind Kind { get; init; }

    public required DateTimeOffset BeganAt { get; init; }

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

    /// <summary>Time in which it waited for the rate limit.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Pages of tickets that were committed.</summary>
    public int Pages { get; set; }

    public PageCounts Counts { get; set; }

    /// <summary>A wait begins or is over.</summary>
    public void Wait(bool isWaiting, TimeProvider time)
    {
        Waited += _waitingSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;
        _waitingSince = isWaiting ? time.GetTimestamp() : null;
    }
}

/// <summary>Tickets whose customers may not be counted, and fields that may not be named, because the runs that stored them ended early.</summary>
/// <param name="Since">When the last run that finished began; null when none ever did.</param>
internal sealed record Leftovers(DateTimeOffset? Since);

/// <summary>What pages did to the stored tickets.</summary>
/// <param name="Deleted">Stored ones that Kustomer now marks as deleted.</param>
/// <param name="Revived">Among the updated ones, those that had been taken for deleted.</param>
internal readonly record struct PageCounts(int Added, int Updated, int Unchanged, int Unreadable, int Deleted, int Revived)
{
    public bool HasNews => Added + Updated + Deleted > 0;

    /// <summary>By how much the number of tickets that are there has changed.</summary>
    public int Growth => Added + Revived - Deleted;

    public static PageCounts operator +(PageCounts left, PageCounts right) =>
        new(left.Added + right.Added, left.Updated + right.Updated, left.Unchanged + right.Unchanged, left.Unreadable + right.Unreadable, left.Deleted + right.Deleted, left.Revived + right.Revived);
}

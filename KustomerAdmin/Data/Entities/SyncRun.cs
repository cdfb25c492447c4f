namespace KustomerAdmin.Data.Entities;

/// <summary>One run of the batch sync of one instance.</summary>
public sealed class SyncRun
{
    public const string Interrupted = "The console was stopped during this run. The next one went on from there.";

    public long Id { get; set; }

    public long InstanceId { get; init; }

    /// <summary>Who asked for it; null for the schedule.</summary>
    public string? StartedBy { get; init; }

    public RunKind Kind { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public RunOutcome Outcome { get; set; }

    /// <summary>Why it failed or what it left out, in words for people.</summary>
    public string? Note { get; set; }

    /// <summary>Oldest moment of Kustomer's <c>updatedAt</c> that was asked for; null for no bound.</summary>
    public DateTimeOffset? WindowFrom { get; set; }

    /// <summary>Newest moment; null for no bound.</summary>
    public DateTimeOffset? WindowTo { get; set; }

    public int Pages { get; set; }

    public int Requests { get; set; }

    public int Added { get; set; }

    public int Updated { get; set; }

    public int Unchanged { get; set; }

    /// <summary>Tickets found to be deleted or merged in Kustomer.</summary>
    public int Deleted { get; set; }

    /// <summary>Records of Kustomer's answer that could not be read and were left out.</summary>
    public int Unreadable { get; set; }

    /// <summary>Requests sent again after a fault of Kustomer or the network; they are among <see cref="Requests"/>.</summary>
    public int Retries { get; set; }

    /// <summary>Milliseconds in which the run waited for the rate limit.</summary>
    public long WaitedMilliseconds { get; set; }
}

public enum RunKind
{
    /// <summary>What changed since the last run.</summary>
    Update,

    /// <summary>Everything back to the start date, newest first.</summary>
    FirstLoad,

    /// <summary>Stored tickets compared with Kustomer's, to find deletions and what the search showed late.</summary>
    Reconciliation,
}

public enum RunOutcome
{
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

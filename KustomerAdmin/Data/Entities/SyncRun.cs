namespace KustomerAdmin.Data.Entities;

/// <summary>One run of the batch sync of one instance.</summary>
public sealed class SyncRun
{
    public long Id { get; set; }

    public long InstanceId { get; init; }

    /// <summary>Who asked for it; null for the schedule.</summary>
    public string? StartedBy { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public RunOutcome Outcome { get; set; }

    /// <summary>Why it failed, in words for people.</summary>
    public string? Note { get; set; }

    public int Pages { get; set; }

    public int Requests { get; set; }

    public int Added { get; set; }

    public int Updated { get; set; }

    public int Unchanged { get; set; }

    /// <summary>Records of Kustomer's answer that could not be read and were left out.</summary>
    public int Unreadable { get; set; }
}

public enum RunOutcome
{
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

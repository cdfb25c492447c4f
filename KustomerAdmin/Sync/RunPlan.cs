using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Sync;

/// <summary>What the next run of an instance does, and when it begins.</summary>
internal static class RunPlan
{
    private static readonly TimeSpan s_reconcileEvery = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Everything at first. Later, once a day, a comparison of all that is stored: behind a run that brought what is new and never twice in a row,
    /// so that what is new does not wait for a long one; and not when somebody waits for what is new.
    /// </summary>
    public static RunKind KindOf(Instance instance, SyncRun? last, DateTimeOffset now) =>
        instance.HistoryDoneAt is not { } loadedAt ? RunKind.FirstLoad
        : instance.RunRequestedBy is null
            && last is { Kind: not RunKind.Reconciliation, Outcome: RunOutcome.Succeeded }
            && (instance.ReconcileCursor is not null || (instance.ReconciledAt ?? loadedAt) <= now - s_reconcileEvery) ? RunKind.Reconciliation
        : RunKind.Update;

    /// <summary>Half a minute, then twice as long after each failure, never longer than the interval.</summary>
    public static TimeSpan PauseAfter(int failures, TimeSpan interval)
    {
        var pause = s_firstPause * Math.Pow(2, Math.Clamp(failures, 1, 20) - 1);
        return pause < interval ? pause : interval;
    }
}

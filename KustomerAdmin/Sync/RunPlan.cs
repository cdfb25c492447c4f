using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Sync;

/// <summary>What the next run of an instance does, and when it begins.</summary>
internal static class RunPlan
{
    private static readonly TimeSpan s_reconcileEvery = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(30);

    /// <summary>Behind a comparison that failed; what is new is read meanwhile.</summary>
    private static readonly TimeSpan s_untilComparedAgain = TimeSpan.FromHours(1);

    /// <summary>
    /// Everything at first. Later, once a day, a comparison of all that is stored: behind a run that brought what is new and never twice in a row,
    /// so that what is new does not wait for a long one; and not when somebody waits for what is new.
    /// </summary>
    /// <param name="comparison">The last that came to an end.</param>
    public static RunKind KindOf(Instance instance, SyncRun? last, SyncRun? comparison, DateTimeOffset now) =>
        instance.HistoryDoneAt is null ? RunKind.FirstLoad
        : instance.RunRequestedBy is null && last is { Outcome: RunOutcome.Succeeded } && last.EndedAt >= now - s_fresh && IsComparisonNext(instance, last.Kind, comparison, now) ? RunKind.Reconciliation
        : RunKind.Update;

    /// <summary>Whether a run that ended well is to be followed by a comparison at once.</summary>
    public static bool IsComparisonNext(Instance instance, RunKind ended, SyncRun? comparison, DateTimeOffset now) =>
        ended is not RunKind.Reconciliation && instance.HistoryDoneAt is { } loadedAt
        && !(comparison is { Outcome: RunOutcome.Failed } && comparison.EndedAt > now - s_untilComparedAgain)
        && (instance.ReconcileCursor is not null || (instance.ReconciledAt ?? loadedAt) <= now - s_reconcileEvery);

    /// <summary>Half a minute, then twice as long after each failure, never longer than the interval.</summary>
    public static TimeSpan PauseAfter(int failures, TimeSpan interval)
    {
        var pause = s_firstPause * Math.Pow(2, Math.Clamp(failures, 1, 20) - 1);
        return pause < interval ? pause : interval;
    }
}

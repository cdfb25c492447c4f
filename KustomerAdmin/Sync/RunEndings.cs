using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Sync;

/// <summary>Writes down how a run ended, gives its lease back, and says when the next one begins.</summary>
internal sealed class RunEndings(IDbContextFactory<AppDbContext> contexts, InstanceEvents events, RequestLedger ledger, KeyRejections rejections, IOptions<SyncOptions> options, TimeProvider time)
{
    /// <summary>Closes the run. An instance that was changed meanwhile keeps what it was changed to.</summary>
    public async Task EndAsync(SyncRunState run, RunEnd end)
    {
        run.Wait(isWaiting: false, time);
        await ledger.FlushAsync(CancellationToken.None);
        while (true)
        {
            try
            {
                // Not cancellable: how a run ended is written down even when the console stops.
                await using var db = await contexts.CreateDbContextAsync();
                var isErased = await db.TransactAsync(cancellation => TryEndAsync(db, run, end, cancellation), CancellationToken.None);
                events.Publish(run.InstanceId);
                if (isErased)
                {
                    await db.EraseTracesAsync(CancellationToken.None);
                }

                return;
            }
            catch (DbUpdateConcurrencyException)
            {
                // An admin was faster: what they changed it to stays.
            }
        }
    }

    /// <returns>Whether a secret was erased.</returns>
    private async Task<bool> TryEndAsync(AppDbContext db, SyncRunState run, RunEnd end, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await db.Instances.SingleOrDefaultAsync(instance => instance.Id == run.InstanceId, cancellationToken) is not { } instance)
        {
            return false;
        }

        var hadOldKey = instance.OldKeyEnvelope is not null;
        var note = end.Note ?? (end.Outcome is RunOutcome.Cancelled ? WhyStopped(instance, run) : null);
        if (instance.Epoch == run.Epoch)
        {
            Apply(db, instance, run, end, await Comparisons.LastAsync(db, run.InstanceId, cancellationToken), now);
            note = end.Outcome is RunOutcome.Succeeded && instance.NextRunAt > now && await ReconnectGap.CloseAsync(db, instance, cancellationToken) is { } gap ? $"{gap} {note}".TrimEnd() : note;
        }
        else if (instance is { Credential: CredentialState.Connected, Run: RunState.Syncing or RunState.Waiting }
            && (instance.LeaseOwner is null || string.Equals(instance.LeaseOwner, run.LeaseOwner, StringComparison.Ordinal)))
        {
            (instance.Run, instance.RunNote, instance.WaitingUntil, instance.NextRunAt) = (RunState.Idle, null, null, now + options.Value.Interval);
        }

        await db.SaveChangesAsync(cancellationToken);
        await Leases.ReleaseAsync(db, run, cancellationToken);
        await db.SyncRuns.Where(row => row.Id == run.RunId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.Requests, row => row.Requests + end.Requests)
                .SetProperty(row => row.Retries, end.Retries)
                .SetProperty(row => row.WaitedMilliseconds, (long)run.Waited.TotalMilliseconds), cancellationToken);

        // Whoever cancelled it has closed it and signed.
        await db.SyncRuns.Where(row => row.Id == run.RunId && row.Outcome == RunOutcome.Running)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.EndedAt, now)
                .SetProperty(row => row.Outcome, end.Outcome)
                .SetProperty(row => row.Note, Instance.CutNote(note)), cancellationToken);
        return hadOldKey && instance.OldKeyEnvelope is null;
    }

    private void Apply(AppDbContext db, Instance instance, SyncRunState run, RunEnd end, SyncRun? comparison, DateTimeOffset now)
    {
        (instance.Run, instance.RunNote, instance.WaitingUntil, instance.LastRanAt) = (RunState.Idle, end.Note, null, now);
        switch (end.Outcome)
        {
            case RunOutcome.Succeeded:
                if (instance.FailingSince is { } since)
                {
                    Note(db, AuditActions.SyncRecovered, instance, AuditOutcome.Succeeded, $"It had failed {instance.Failures} times since {Clock(since)}.", now);
                }

                (instance.FailingSince, instance.Failures, instance.LastSucceededAt) = (null, 0, now);
                instance.OldKeyEnvelope = null;
                instance.NextRunAt = run.HasMore || RunPlan.IsComparisonNext(instance, run.Kind, comparison, now) ? now : now + options.Value.Interval;
                break;
            case RunOutcome.Failed when run.Kind is RunKind.Reconciliation:
                // What is new arrived just before and goes on arriving: no reason to ask for it sooner, and a problem of its own.
                instance.NextRunAt = now + options.Value.Interval;
                instance.RunNote = $"The comparison with Kustomer failed. {end.Note} It is tried again in about an hour.";
                break;
            case RunOutcome.Failed:
                if (instance.FailingSince is null)
                {
                    Note(db, AuditActions.SyncFailing, instance, AuditOutcome.Failed, end.Note, now);
                }

                instance.FailingSince ??= now;
                instance.Failures++;
                instance.Run = RunState.Failed;
                instance.NextRunAt = now + RunPlan.PauseAfter(instance.Failures, options.Value.Interval);
                instance.RunNote = $"{(end.IsUnanswered ? "Kustomer is not answering" : "The sync has been failing")} since {Clock(instance.FailingSince.Value)}. {end.Note} Next try at {Clock(instance.NextRunAt.Value)}.";
                break;
            case RunOutcome.Cancelled:
            case RunOutcome.Running:
                // The console stops, or the lease was lost: whoever comes next goes on at once.
                instance.NextRunAt = now;
                break;
        }
    }

    /// <summary>Kustomer rejected the key in the middle of a run.</summary>
    /// <returns>Whether the key before it took its place again.</returns>
    public Task<bool> RejectKeyAsync(SyncRunState run, string reason) => rejections.RejectAsync(run.InstanceId, run.Epoch, reason, isInRun: true);

    private static string WhyStopped(Instance instance, SyncRunState run) =>
        instance.Credential is CredentialState.Disconnected ? "Stopped: the instance was disconnected."
        : instance.Run is RunState.Paused ? $"Stopped: {instance.PausedBy ?? "an admin"} paused the instance."
        : instance.Epoch != run.Epoch ? "Stopped: the instance was changed while the run was under way."
        : "Stopped: the console is shutting down, or lost its lease on the instance. The next run goes on from there.";

    private static void Note(AppDbContext db, string action, Instance instance, AuditOutcome outcome, string? detail, DateTimeOffset now) =>
        db.AuditEntries.Add(AuditLog.NewEntry(now, Actor.System, action, instance.Name, outcome, detail));

    private static string Clock(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>How a run ended.</summary>
/// <param name="Note">In words for people; for a cancelled run null, where the instance says why.</param>
/// <param name="Requests">Those that no page has accounted for.</param>
/// <param name="Retries">Requests sent again.</param>
/// <param name="IsUnanswered">Whether it failed because Kustomer does not answer.</param>
internal sealed record RunEnd(RunOutcome Outcome, string? Note, int Requests = 0, int Retries = 0, bool IsUnanswered = false);

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Connecting;

namespace KustomerAdmin.Integrations;

/// <summary>What an admin may do to an instance that needs no credentials. Each answers null, or why it was not done.</summary>
public sealed class InstanceActions(InstanceChanges changes, CurrentAdmin currentAdmin, SyncPace pace, TimeProvider time)
{
    /// <summary>Asks for a sync at the next moment.</summary>
    public Task<string?> RequestSyncAsync(long instanceId, CancellationToken cancellationToken) =>
        ChangeAsync(instanceId, AuditActions.SyncRequested, (_, instance, actor) =>
        {
            if (instance.Credential is not CredentialState.Connected)
            {
                return "Only a connected instance can sync.";
            }

            if (instance.Run is RunState.Paused)
            {
                return "This instance is paused. Resume it, and it syncs at once.";
            }

            if (instance.Run is RunState.Idle or RunState.Failed)
            {
                (instance.NextRunAt, instance.RunRequestedBy) = (time.GetUtcNow(), actor.Name);
            }

            return null;
        }, cancellationToken);

    /// <summary>Nothing is synced until somebody resumes it; the credentials stay. A running sync can write nothing afterwards.</summary>
    public Task<string?> PauseAsync(long instanceId, CancellationToken cancellationToken) =>
        ChangeAsync(instanceId, AuditActions.InstancePaused, (_, instance, actor) =>
        {
            if (instance.Credential is not CredentialState.Connected)
            {
                return "Only a connected instance can be paused.";
            }

            if (instance.Run is RunState.Paused)
            {
                return "This instance is paused already.";
            }

            Stop(instance);
            (instance.Run, instance.PausedBy) = (RunState.Paused, actor.Name);
            return null;
        }, cancellationToken);

    /// <summary>Goes on with a sync at the next moment.</summary>
    public Task<string?> ResumeAsync(long instanceId, CancellationToken cancellationToken) =>
        ChangeAsync(instanceId, AuditActions.InstanceResumed, (_, instance, actor) =>
        {
            if (instance is not { Credential: CredentialState.Connected, Run: RunState.Paused })
            {
                return "This instance is not paused.";
            }

            (instance.Run, instance.PausedBy, instance.NextRunAt, instance.RunRequestedBy) = (RunState.Idle, null, time.GetUtcNow(), actor.Name);
            return null;
        }, cancellationToken);

    /// <summary>Ends the run under way, which can write nothing afterwards; the next one begins at the usual time and goes on from there.</summary>
    public Task<string?> CancelRunAsync(long instanceId, CancellationToken cancellationToken) =>
        ChangeAsync(instanceId, AuditActions.RunCancelled, (db, instance, actor) =>
        {
            if (instance.Run is not (RunState.Syncing or RunState.Waiting))
            {
                return "No sync is running: it has ended meanwhile.";
            }

            Stop(instance);
            var now = time.GetUtcNow();
            (instance.LastRanAt, instance.NextRunAt) = (now, now + pace.Interval);
            foreach (var run in db.SyncRuns.Where(run => run.InstanceId == instanceId && run.Outcome == RunOutcome.Running))
            {
                (run.Outcome, run.EndedAt, run.Note) = (RunOutcome.Cancelled, now, $"Cancelled by {actor.Name}. The next run goes on from there.");
            }

            return null;
        }, cancellationToken);

    /// <summary>Stops the flow of data and erases the credentials. Tickets stay. A running sync can write nothing afterwards.</summary>
    public Task<string?> DisconnectAsync(long instanceId, CancellationToken cancellationToken) =>
        ChangeAsync(instanceId, AuditActions.InstanceDisconnected, (_, instance, _) =>
        {
            if (instance.Credential is CredentialState.Disconnected)
            {
                return "This instance is disconnected already.";
            }

            Stop(instance);
            instance.Credential = CredentialState.Disconnected;
            instance.CredentialNote = null;
            instance.DisconnectedAt ??= time.GetUtcNow();
            InstanceClients.Erase(instance);
            return null;
        }, cancellationToken);

    /// <summary>Another name for people; nothing else changes.</summary>
    public Task<string?> RenameAsync(long instanceId, string? name, CancellationToken cancellationToken) =>
        ChangeAsync(instanceId, AuditActions.InstanceRenamed, (db, instance, _) =>
        {
            if (ConnectForm.NameOf(name) is not { } wanted)
            {
                return ConnectForm.NameFault;
            }

            if (db.Instances.Any(other => other.Id != instanceId && other.Name == wanted))
            {
                return "Another instance has this name. Choose a different one.";
            }

            instance.Name = wanted;
            return null;
        }, cancellationToken);

    /// <summary>Removes an instance that never worked: <see cref="InstanceRemover"/> carries it out, since checks have left lines in the ledger.</summary>
    public Task<string?> CancelSetupAsync(long instanceId, CancellationToken cancellationToken) =>
        ChangeAsync(instanceId, AuditActions.SetupCancelled, (_, instance, _) =>
        {
            if (instance.DeletingSince is not null || !InstanceLine.CanCancelSetup(instance.Credential, instance.OrganizationId))
            {
                return "This instance has been connected before. Disconnect it instead; its tickets stay.";
            }

            Stop(instance);
            instance.DeletingSince = time.GetUtcNow();
            return null;
        }, cancellationToken);

    private async Task<string?> ChangeAsync(long instanceId, string action, Func<AppDbContext, Instance, Actor, string?> change, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        return await changes.ApplyAsync(actor, instanceId, action, (db, instance) => change(db, instance, actor), cancellationToken: cancellationToken);
    }

    /// <summary>Whatever runs under the present epoch must not write any more, and nothing is due.</summary>
    internal static void Stop(Instance instance)
    {
        instance.Epoch++;
        (instance.Run, instance.RunNote, instance.PausedBy) = (RunState.Idle, null, null);
        (instance.WaitingUntil, instance.NextRunAt, instance.RunRequestedBy) = (null, null, null);
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>What an admin may do to an instance that needs no credentials. Each answers null, or why it was not done.</summary>
public sealed class InstanceActions(
    IDbContextFactory<AppDbContext> contexts,
    CurrentAdmin currentAdmin,
    AuditLog audit,
    InstanceEvents events,
    TimeProvider time)
{
    private const string Overtaken = "This instance was changed meanwhile. The list shows how it is now.";

    private const int MostAttempts = 3;

    /// <summary>Asks for a sync at the next moment.</summary>
    public Task<string?> RequestSyncAsync(long instanceId, CancellationToken cancellationToken) =>
        ChangeAsync(instanceId, AuditActions.SyncRequested, (_, instance, actor) =>
        {
            if (instance.Credential is not CredentialState.Connected)
            {
                return "Only a connected instance can sync.";
            }

            if (instance.Run is RunState.Idle or RunState.Failed)
            {
                (instance.NextRunAt, instance.RunRequestedBy) = (time.GetUtcNow(), actor.Name);
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

            instance.Epoch++;
            instance.Credential = CredentialState.Disconnected;
            instance.CredentialNote = null;
            instance.DisconnectedAt = time.GetUtcNow();
            instance.Run = RunState.Idle;
            instance.RunNote = null;
            instance.WaitingUntil = null;
            instance.NextRunAt = null;
            instance.RunRequestedBy = null;
            InstanceClients.Erase(instance);
            return null;
        }, cancellationToken);

    /// <summary>Removes an instance that never worked.</summary>
    public Task<string?> CancelSetupAsync(long instanceId, CancellationToken cancellationToken) =>
        ChangeAsync(instanceId, AuditActions.SetupCancelled, (db, instance, _) =>
        {
            if (!InstanceLine.CanCancelSetup(instance.Credential, instance.OrganizationId))
            {
                return "This instance has been connected before. Disconnect it instead; its tickets stay.";
            }

            db.Instances.Remove(instance);
            return null;
        }, cancellationToken);

    private async Task<string?> ChangeAsync(long instanceId, string action, Func<AppDbContext, Instance, Actor, string?> change, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            try
            {
                return await TryChangeAsync(actor, instanceId, action, change, cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // A run may have begun meanwhile, which is no reason to refuse: decide again on what is there now.
            }
        }

        return Overtaken;
    }

    private async Task<string?> TryChangeAsync(Actor actor, long instanceId, string action, Func<AppDbContext, Instance, Actor, string?> change, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Instances.FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken) is not { } instance)
        {
            return Overtaken;
        }

        if (change(db, instance, actor) is { } refusal)
        {
            await audit.WriteAsync(actor, action, instance.Name, AuditOutcome.Refused, refusal, cancellationToken);
            return refusal;
        }

        audit.Add(db, actor, action, instance.Name);
        await db.SaveChangesAsync(cancellationToken);

        // It is done: whoever leaves the page now does not keep it from being told and tidied.
        events.Publish(instanceId);
        if (instance.KeyEnvelope is null)
        {
            await db.EraseTracesAsync(CancellationToken.None);
        }

        return null;
    }
}

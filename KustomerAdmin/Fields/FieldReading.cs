using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>What an admin can have read again from Kustomer for the sake of its fields.</summary>
public sealed class FieldReading(
    IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, AuditLog audit, InstanceChanges changes, InstanceClients clients, InstanceEvents events, TimeProvider time)
{
    /// <summary>The definitions: one request.</summary>
    /// <returns>Null, or why they could not be read.</returns>
    public async Task<string?> ReadDefinitionsAsync(long instanceId, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var name = await db.Instances.Where(instance => instance.Id == instanceId).Select(instance => instance.Name).FirstOrDefaultAsync(cancellationToken);
        await audit.WriteAsync(actor, AuditActions.DefinitionsRead, name, AuditOutcome.Succeeded, null, cancellationToken);
        try
        {
            using var client = await clients.OpenAsync(instanceId, new RequestCause(RequestPurpose.FieldNames) { CausedBy = actor.Name }, new RequestMeter(), cancellationToken);
            if (client is null)
            {
                return "This instance is not connected.";
            }

            await Definitions.MergeAsync(db, instanceId, await client.GetConversationFieldsAsync(cancellationToken), cancellationToken);
            return null;
        }
        catch (KustomerException exception)
        {
            return exception.Message;
        }
        finally
        {
            events.Publish(instanceId);
        }
    }

    /// <summary>Every ticket, as a first load does: what is unchanged is left alone, what was not stored of it before is stored now.</summary>
    /// <returns>Null, or why it was not done.</returns>
    public async Task<string?> ReadTicketsAsync(long instanceId, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        return await changes.ApplyAsync(actor, instanceId, AuditActions.TicketsReadAgain, (db, instance) =>
        {
            if (instance.Credential is not CredentialState.Connected || instance.Run is RunState.Paused)
            {
                return "Only an instance that is connected and not paused can read its tickets again.";
            }

            if (instance.Run is RunState.Syncing or RunState.Waiting)
            {
                return "A sync is running. Ask again when it has ended, or cancel it under Runs.";
            }

            (instance.HistoryCursor, instance.HistoryDoneAt) = (null, null);
            (instance.NextRunAt, instance.RunRequestedBy) = (time.GetUtcNow(), actor.Name);

            // It was made for loading what is here now.
            db.SyncForecasts.RemoveRange(db.SyncForecasts.Where(forecast => forecast.InstanceId == instanceId));
            return null;
        }, cancellationToken: cancellationToken);
    }
}

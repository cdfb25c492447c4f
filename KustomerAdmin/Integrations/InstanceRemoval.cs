using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>Deletes an instance with everything that is stored of it. Asked for here, carried out by <see cref="InstanceRemover"/>.</summary>
public sealed class InstanceRemoval(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, InstanceChanges changes, TimeProvider time)
{
    /// <summary>How much goes; null when the instance is gone.</summary>
    public async Task<RemovalPreview?> PreviewAsync(long instanceId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Instances.Where(instance => instance.Id == instanceId)
            .Select(instance => new RemovalPreview(
                instance.Name,
                instance.TicketCount,
                db.Customers.Count(customer => customer.InstanceId == instanceId),
                db.MetadataFields.Count(field => field.InstanceId == instanceId),
                db.SyncRuns.Count(run => run.InstanceId == instanceId)))
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>From this moment nothing is synced or opened any more and the credentials are erased; the rest goes step by step.</summary>
    /// <param name="typedName">The instance's name, as somebody typed it to confirm.</param>
    public async Task<string?> RequestAsync(long instanceId, string? typedName, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        return await changes.ApplyAsync(actor, instanceId, AuditActions.InstanceDeleted, (_, instance) =>
        {
            if (instance.DeletingSince is not null)
            {
                return "This instance is being removed already.";
            }

            if (!string.Equals(typedName?.Trim(), instance.Name, StringComparison.Ordinal))
            {
                return "The name that was typed is not the instance's. Nothing was deleted.";
            }

            InstanceActions.Stop(instance);
            (instance.Credential, instance.CredentialNote, instance.DeletingSince) = (CredentialState.Disconnected, null, time.GetUtcNow());
            InstanceClients.Erase(instance);
            return null;
        }, static instance => string.Create(CultureInfo.InvariantCulture, $"{instance.TicketCount:N0} tickets"), cancellationToken);
    }
}

/// <summary>What is stored of an instance.</summary>
public sealed record RemovalPreview(string Name, long Tickets, int Customers, int Fields, int Runs);

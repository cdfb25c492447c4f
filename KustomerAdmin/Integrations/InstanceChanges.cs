using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>Carries out what an admin, who has been checked already, does to an instance: with its audit entry, then told to who listens.</summary>
public sealed class InstanceChanges(IDbContextFactory<AppDbContext> contexts, AuditLog audit, InstanceEvents events)
{
    private const string Overtaken = "This instance was changed meanwhile. The list shows how it is now.";
    private const int MostAttempts = 3;

    /// <param name="change">Answers null, or why it is not done.</param>
    /// <param name="detail">What the audit entry says besides, asked after the change.</param>
    /// <returns>Null, or why it was not done.</returns>
    internal async Task<string?> ApplyAsync(
        Actor actor, long instanceId, string action, Func<AppDbContext, Instance, string?> change, Func<Instance, string?>? detail = null, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            try
            {
                return await TryApplyAsync(actor, instanceId, action, change, detail, cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // A run may have begun meanwhile, which is no reason to refuse: decide again on what is there now.
            }
        }

        return Overtaken;
    }

    private async Task<string?> TryApplyAsync(
        Actor actor, long instanceId, string action, Func<AppDbContext, Instance, string?> change, Func<Instance, string?>? detail, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (refusal, isErased) = await db.TransactAsync(async cancellation =>
        {
            if (await db.Instances.FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellation) is not { } instance)
            {
                return (Overtaken, false);
            }

            var (name, oldKey) = (instance.Name, instance.OldKeyEnvelope);
            if (change(db, instance) is { } reason)
            {
                db.ChangeTracker.Clear();
                audit.Add(db, actor, action, name, AuditOutcome.Refused, reason);
                await db.SaveChangesAsync(cancellation);
                return (reason, false);
            }

            audit.Add(db, actor, action, name, detail: detail?.Invoke(instance));
            await db.SaveChangesAsync(cancellation);
            return ((string?)null, instance.KeyEnvelope is null || (oldKey is not null && instance.OldKeyEnvelope is null));
        }, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        // It is done: whoever leaves the page now does not keep it from being told and tidied.
        events.Publish(instanceId);
        if (isErased)
        {
            await db.EraseTracesAsync(CancellationToken.None);
        }

        return null;
    }
}

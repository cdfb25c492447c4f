using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations.Checking;

/// <summary>Runs the named checks again with the stored key, for somebody who asks from the row.</summary>
public sealed class ConnectionRecheck(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, AuditLog audit, StoredConnection stored)
{
    /// <returns>Null when the instance is gone or has no key.</returns>
    public async Task<ConnectionReport?> RunAsync(long instanceId, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken) is not { } instance
            || await stored.CheckAsync(instance, actor.Name, cancellationToken) is not { } report)
        {
            return null;
        }

        await audit.WriteAsync(actor, AuditActions.ConnectionChecked, instance.Name, report.IsAccepted ? AuditOutcome.Succeeded : AuditOutcome.Failed, report.Obstacle, CancellationToken.None);
        return report;
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>Runs the named checks again with the stored key, for somebody who asks from the row.</summary>
public sealed class ConnectionRecheck(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, ConnectionCheck check, InstanceClients clients, RequestLedger ledger)
{
    /// <returns>Null when the instance is gone or has no key.</returns>
    public async Task<ConnectionReport?> RunAsync(long instanceId, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instance = await db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken);
        if (instance is null || clients.KeyOf(instance) is not { } key || !Subdomain.TryParse(instance.Subdomain, out var subdomain))
        {
            return null;
        }

        var report = await check.RunAsync(subdomain, key, cancellationToken);
        foreach (var request in report.Requests)
        {
            ledger.Record(instanceId, new RequestCause(RequestPurpose.ConnectionCheck) { CausedBy = actor.Name }, request);
        }

        return report;
    }
}

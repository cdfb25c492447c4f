using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations.Checking;

/// <summary>Checks an instance with the key it has, and writes down what was found.</summary>
public sealed class StoredConnection(
    IDbContextFactory<AppDbContext> contexts, ConnectionCheck check, InstanceClients clients, KeyRejections rejections, InstanceEvents events, RequestLedger ledger, TimeProvider time)
{
    /// <param name="causedBy">Who asked; null for the console itself.</param>
    /// <returns>Null when there is no usable key.</returns>
    internal async Task<ConnectionReport?> CheckAsync(Instance instance, string? causedBy, CancellationToken cancellationToken)
    {
        if (clients.KeyOf(instance) is not { } key || !Subdomain.TryParse(instance.Subdomain, out var subdomain))
        {
            return null;
        }

        var report = await check.RunAsync(subdomain, key, cancellationToken);
        foreach (var request in report.Requests)
        {
            ledger.Record(instance.Id, new RequestCause(RequestPurpose.ConnectionCheck) { CausedBy = causedBy }, request);
        }

        if (report.Lines.FirstOrDefault(static line => line.IsRejection) is { } rejection)
        {
            await rejections.RejectAsync(instance.Id, instance.Epoch, rejection.Sentence, isInRun: false);
            return report;
        }

        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        var (now, lacked) = (time.GetUtcNow(), report.Lacks(instance.LackedParts));
        await db.TransactAsync(async cancellation =>
        {
            // What was disconnected, deleted or given another key meanwhile is left alone.
            if (await db.Instances.Where(row => row.Id == instance.Id && row.KeyEnvelope == instance.KeyEnvelope)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.CheckedAt, now).SetProperty(row => row.LackedParts, lacked), cancellation) > 0)
            {
                await TagNames.KeepAsync(db, instance.Id, report.Tags, cancellation);
            }

            return 0;
        }, CancellationToken.None);
        events.Publish(instance.Id);
        return report;
    }
}

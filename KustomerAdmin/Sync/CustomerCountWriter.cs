using KustomerAdmin.Data;
using KustomerAdmin.Kustomer.Models;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>Stores how many conversations customers have, for those that have a stored ticket.</summary>
internal sealed class CustomerCountWriter(IDbContextFactory<AppDbContext> contexts)
{
    /// <exception cref="SyncOvertakenException">The instance's epoch is no longer the run's. Nothing was written.</exception>
    public async Task WriteAsync(SyncRunState run, IReadOnlyList<CustomerCount> page, int requests, CancellationToken cancellationToken)
    {
        var counts = page.GroupBy(customer => customer.Id, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Last().ConversationCount, StringComparer.Ordinal);
        var ids = counts.Keys.ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.TransactAsync(async cancellation =>
        {
            foreach (var customer in await db.Customers.Where(customer => customer.InstanceId == run.InstanceId && EF.Parameter(ids).Contains(customer.KustomerId)).ToListAsync(cancellation))
            {
                customer.ConversationCount = counts[customer.KustomerId];
            }

            await db.SaveChangesAsync(cancellation);
            var changed = await db.Instances.Where(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch)
                .ExecuteUpdateAsync(set => set.SetProperty(instance => instance.Epoch, instance => instance.Epoch), cancellation);
            return changed == 0
                ? throw new SyncOvertakenException()
                : await db.SyncRuns.Where(row => row.Id == run.RunId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Requests, row => row.Requests + requests), cancellation);
        }, cancellationToken);
    }
}

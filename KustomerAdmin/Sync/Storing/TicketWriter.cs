using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync.Storing;

/// <summary>
/// Stores a page of tickets. Tickets, cursor and counters are committed together and only under the run's epoch: after a crash
/// a page may be read twice, never skipped, and a run that was overtaken writes nothing.
/// </summary>
internal sealed class TicketWriter(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    /// <summary>
    /// Adds, updates or leaves each ticket; <paramref name="commitAsync"/> moves cursor and counters in the same transaction, and throws to undo all.
    /// </summary>
    public async Task<(PageCounts Counts, bool HasUnnamedFields)> WriteAsync(
        SyncRunState run, IReadOnlyList<MappedTicket> page, Func<AppDbContext, PageCounts, CancellationToken, Task> commitAsync, CancellationToken cancellationToken)
    {
        // A ticket can stand on a page twice; the newer one counts.
        var tickets = page.GroupBy(ticket => ticket.KustomerId, StringComparer.Ordinal).Select(same => same.MaxBy(ticket => ticket.UpdatedAt)!).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var written = await db.TransactAsync(async cancellation =>
        {
            // Read again with every page: a field that was excluded while this one was on its way must not land.
            var catalog = await FieldCatalog.LoadAsync(db, run.InstanceId, cancellation);
            await catalog.AddNewAsync(db, tickets.SelectMany(ticket => ticket.Values).Select(value => value.Field), cancellation);
            var counts = await StoreAsync(db, run.InstanceId, StoredParts.Of(tickets, catalog), catalog, cancellation);
            await commitAsync(db, counts, cancellation);
            return (counts, catalog.HasUnnamedFields);
        }, cancellationToken);
        await db.FoldLogAsync(cancellationToken);
        return written;
    }

    private async Task<PageCounts> StoreAsync(AppDbContext db, long instanceId, List<MappedTicket> tickets, FieldCatalog catalog, CancellationToken cancellationToken)
    {
        var stored = await StoredAsync(db, instanceId, tickets, cancellationToken);
        var counts = default(PageCounts);
        PageOfRows rows = new(catalog, time.GetUtcNow());
        foreach (var ticket in tickets)
        {
            counts += rows.Add(instanceId, ticket, stored.GetValueOrDefault(ticket.KustomerId));
        }

        await rows.SaveAsync(db, await CustomersAsync(db, instanceId, rows.Tickets, cancellationToken), cancellationToken);
        return counts;
    }

    private static async Task<Dictionary<string, KnownTicket>> StoredAsync(AppDbContext db, long instanceId, List<MappedTicket> tickets, CancellationToken cancellationToken)
    {
        var ids = tickets.ConvertAll(ticket => ticket.KustomerId);
        return await db.Tickets.AsNoTracking().Where(ticket => ticket.InstanceId == instanceId && EF.Parameter(ids).Contains(ticket.KustomerId))
            .Select(ticket => new KnownTicket(ticket.KustomerId, ticket.Id, ticket.UpdatedAt, ticket.ContentHash, ticket.DeletedAt, ticket.MissingSince, ticket.AheadSince))
            .ToDictionaryAsync(ticket => ticket.KustomerId, StringComparer.Ordinal, cancellationToken);
    }

    /// <summary>Our ids of the page's customers; those met for the first time are added without a count.</summary>
    private static async Task<Dictionary<string, long>> CustomersAsync(AppDbContext db, long instanceId, IEnumerable<MappedTicket> tickets, CancellationToken cancellationToken)
    {
        var ids = tickets.Select(ticket => ticket.CustomerId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        var customers = await db.Customers.AsNoTracking().Where(customer => customer.InstanceId == instanceId && EF.Parameter(ids).Contains(customer.KustomerId))
            .Select(customer => new { customer.KustomerId, customer.Id })
            .ToDictionaryAsync(customer => customer.KustomerId, customer => customer.Id, StringComparer.Ordinal, cancellationToken);
        var added = ids.Where(id => !customers.ContainsKey(id)).Select(id => new Customer { InstanceId = instanceId, KustomerId = id }).ToList();
        await db.InsertWithKeysAsync(added, cancellationToken);
        added.ForEach(customer => customers[customer.KustomerId] = customer.Id);
        return customers;
    }
}

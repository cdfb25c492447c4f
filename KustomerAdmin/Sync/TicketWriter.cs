using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>
/// Stores a page of tickets. Tickets, cursor and counters are committed together and only under the run's epoch: after a crash
/// a page may be read twice, never skipped, and a run that was overtaken writes nothing.
/// </summary>
internal sealed class TicketWriter(IDbContextFactory<AppDbContext> contexts)
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
        return await db.TransactAsync(async cancellation =>
        {
            var catalog = await FieldCatalog.LoadAsync(db, run.InstanceId, cancellation);
            await catalog.AddNewAsync(db, tickets.SelectMany(ticket => ticket.Values).Select(value => value.Field), cancellation);
            var counts = await StoreAsync(db, run.InstanceId, tickets, catalog, cancellation);
            await commitAsync(db, counts, cancellation);
            return (counts, catalog.HasUnnamedFields);
        }, cancellationToken);
    }

    private static async Task<PageCounts> StoreAsync(AppDbContext db, long instanceId, List<MappedTicket> tickets, FieldCatalog catalog, CancellationToken cancellationToken)
    {
        var ids = tickets.ConvertAll(ticket => ticket.KustomerId);
        var stored = await db.Tickets.AsNoTracking().Where(ticket => ticket.InstanceId == instanceId && ids.Contains(ticket.KustomerId))
            .Select(ticket => new { ticket.KustomerId, ticket.Id, ticket.UpdatedAt, ticket.ContentHash, ticket.DeletedAt, ticket.MissingSince })
            .ToDictionaryAsync(ticket => ticket.KustomerId, StringComparer.Ordinal, cancellationToken);
        var customers = await CustomersAsync(db, instanceId, tickets, cancellationToken);

        var counts = default(PageCounts);
        List<(Ticket Row, MappedTicket Ticket)> written = [];
        List<long> replaced = [];
        foreach (var ticket in tickets)
        {
            var hash = TicketHash.Of(ticket);
            var known = stored.GetValueOrDefault(ticket.KustomerId);
            var isMarked = known?.DeletedAt is not null || known?.MissingSince is not null;
            if (known is not null && ((known.ContentHash == hash && !isMarked) || known.UpdatedAt > ticket.UpdatedAt))
            {
                counts = counts with { Unchanged = counts.Unchanged + 1 };
                continue;
            }

            var customerId = ticket.CustomerId is null ? (long?)null : customers[ticket.CustomerId];
            var row = ToRow(instanceId, known?.Id ?? 0, customerId, ticket, hash);
            written.Add((row, ticket));
            if (known is null)
            {
                db.Tickets.Add(row);
                counts = counts with { Added = counts.Added + 1 };
            }
            else
            {
                replaced.Add(row.Id);
                db.Tickets.Update(row);
                counts = counts with { Updated = counts.Updated + 1, Revived = counts.Revived + (known.DeletedAt is null ? 0 : 1) };
            }
        }

        if (replaced.Count > 0)
        {
            await db.TicketChannels.Where(channel => replaced.Contains(channel.TicketId)).ExecuteDeleteAsync(cancellationToken);
            await db.TicketTags.Where(tag => replaced.Contains(tag.TicketId)).ExecuteDeleteAsync(cancellationToken);
            await db.TicketMetadata.Where(value => replaced.Contains(value.TicketId)).ExecuteDeleteAsync(cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.BulkInsertAsync([.. written.SelectMany(entry => entry.Ticket.Channels.Select(channel => new TicketChannel { TicketId = entry.Row.Id, Channel = channel }))], cancellationToken);
        await db.BulkInsertAsync([.. written.SelectMany(entry => entry.Ticket.TagIds.Select(tag => new TicketTag { TicketId = entry.Row.Id, TagId = tag }))], cancellationToken);
        await db.BulkInsertAsync([.. written.SelectMany(entry => entry.Ticket.Values.Select(value => ToRow(entry.Row.Id, value, catalog)))], cancellationToken);
        return counts;
    }

    /// <summary>Our ids of the page's customers; those met for the first time are added without a count.</summary>
    private static async Task<Dictionary<string, long>> CustomersAsync(AppDbContext db, long instanceId, List<MappedTicket> tickets, CancellationToken cancellationToken)
    {
        var ids = tickets.Select(ticket => ticket.CustomerId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var customers = await db.Customers.AsNoTracking().Where(customer => customer.InstanceId == instanceId && ids.Contains(customer.KustomerId))
            .ToDictionaryAsync(customer => customer.KustomerId, customer => customer.Id, StringComparer.Ordinal, cancellationToken);
        var added = ids.Where(id => !customers.ContainsKey(id)).Select(id => new Customer { InstanceId = instanceId, KustomerId = id }).ToList();
        db.Customers.AddRange(added);
        await db.SaveChangesAsync(cancellationToken);
        added.ForEach(customer => customers[customer.KustomerId] = customer.Id);
        return customers;
    }

    private static Ticket ToRow(long instanceId, long id, long? customerId, MappedTicket ticket, long hash) => new()
    {
        Id = id,
        InstanceId = instanceId,
        KustomerId = ticket.KustomerId,
        CustomerId = customerId,
        Subject = ticket.Subject,
        Status = ticket.Status,
        Priority = ticket.Priority,
        Direction = ticket.Direction,
        MessageCount = ticket.MessageCount,
        NoteCount = ticket.NoteCount,
        CreatedAt = ticket.CreatedAt,
        UpdatedAt = ticket.UpdatedAt,
        LastActivityAt = ticket.LastActivityAt,
        ContentHash = hash,
    };

    private static TicketMetadata ToRow(long ticketId, MappedValue value, FieldCatalog catalog) => new()
    {
        TicketId = ticketId,
        FieldId = catalog.IdOf(value.Field),
        TextValue = value.Text?.Length > TicketMetadata.IndexedTextLength ? value.Text[..TicketMetadata.IndexedTextLength] : value.Text,
        LongTextValue = value.Text?.Length > TicketMetadata.IndexedTextLength ? value.Text : null,
        NumberValue = value.Number,
        DateValue = value.Moment,
    };
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>The stored values of one field of one instance: a column of its tickets, a column of their standard attributes, or rows of their own.</summary>
/// <param name="fieldId">Null for a standard attribute that nothing is written down about: it has no rows.</param>
internal sealed class FieldValues(AppDbContext db, long instanceId, string key, int? fieldId)
{
    private readonly StandardColumn? _column = StandardColumn.All.FirstOrDefault(column => string.Equals(column.Key.Path, key, StringComparison.Ordinal));

    /// <summary>One on each of so many tickets.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken)
    {
        if (IsSubject)
        {
            return await Tickets.LongCountAsync(static ticket => ticket.Subject != null, cancellationToken);
        }

        // A type at a time: each is counted in its own index.
        var rows = db.TicketMetadata.Where(value => value.FieldId == fieldId);
        return (_column is null ? 0 : await _column.Filled(db.TicketAttributes.Where(row => Tickets.Any(ticket => ticket.Id == row.TicketId))).LongCountAsync(cancellationToken))
            + await rows.LongCountAsync(static value => value.TextValue != null, cancellationToken)
            + await rows.LongCountAsync(static value => value.NumberValue != null, cancellationToken)
            + await rows.LongCountAsync(static value => value.DateValue != null, cancellationToken);
    }

    /// <summary>Removes those of some tickets, within the caller's transaction. What is stored of those tickets is no longer what their hash says.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RemoveAsync(long afterTicket, long upToTicket, CancellationToken cancellationToken)
    {
        if (IsSubject)
        {
            return await Tickets.Where(ticket => ticket.Id > afterTicket && ticket.Id <= upToTicket && ticket.Subject != null)
                .ExecuteUpdateAsync(static set => set.SetProperty(static ticket => ticket.Subject, (string?)null).SetProperty(static ticket => ticket.ContentHash, Ticket.NoHash), cancellationToken);
        }

        var removed = 0;
        if (_column is not null)
        {
            var filled = _column.Filled(db.TicketAttributes.Where(row => row.TicketId > afterTicket && row.TicketId <= upToTicket && Tickets.Any(ticket => ticket.Id == row.TicketId)));
            await ForgetHashesAsync(filled.Select(static row => row.TicketId), cancellationToken);
            removed = await _column.ClearAsync(filled, cancellationToken);
        }

        var rows = db.TicketMetadata.Where(value => value.FieldId == fieldId && value.TicketId > afterTicket && value.TicketId <= upToTicket);
        await ForgetHashesAsync(rows.Select(static value => value.TicketId), cancellationToken);
        return removed + await rows.ExecuteDeleteAsync(cancellationToken);
    }

    private bool IsSubject => string.Equals(key, TicketFields.Subject, StringComparison.Ordinal);

    private IQueryable<Ticket> Tickets => db.Tickets.Where(ticket => ticket.InstanceId == instanceId);

    private Task<int> ForgetHashesAsync(IQueryable<long> tickets, CancellationToken cancellationToken) =>
        db.Tickets.Where(ticket => tickets.Contains(ticket.Id)).ExecuteUpdateAsync(static set => set.SetProperty(static ticket => ticket.ContentHash, Ticket.NoHash), cancellationToken);
}

using KustomerAdmin.Data;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets;

/// <summary>Fetches the rows of tickets that were found, with the columns that are shown.</summary>
internal static class TicketRows
{
    /// <summary>In the order of <paramref name="ids"/>; a ticket that went meanwhile is left out.</summary>
    public static async Task<IReadOnlyList<TicketRow>> ReadAsync(AppDbContext db, IReadOnlyList<long> ids, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = await db.Tickets.AsNoTracking().Where(ticket => ids.Contains(ticket.Id)).Select(ticket => new TicketRow
        {
            Id = ticket.Id,
            KustomerId = ticket.KustomerId,
            InstanceId = ticket.InstanceId,
            Instance = db.Instances.Where(instance => instance.Id == ticket.InstanceId).Select(instance => instance.Name).First(),
            Subject = ticket.Subject,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Direction = ticket.Direction,
            Channels = ticket.Channels.Select(channel => channel.Channel).ToList(),
            Tags = ticket.Tags.Select(tag => tag.TagId).ToList(),
            CreatedAt = ticket.CreatedAt,
            UpdatedAt = ticket.UpdatedAt,
            LastActivityAt = ticket.LastActivityAt,
            MessageCount = ticket.MessageCount,
            NoteCount = ticket.NoteCount,
            CustomerConversations = ticket.Customer!.ConversationCount,
        }).ToDictionaryAsync(row => row.Id, cancellationToken);
        var found = ids.Where(rows.ContainsKey).Select(id => rows[id]).ToList();
        return await WithColumnsAsync(db, found, columns, cancellationToken);
    }

    private static async Task<IReadOnlyList<TicketRow>> WithColumnsAsync(AppDbContext db, List<TicketRow> rows, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        if (rows.Count == 0 || columns.Count == 0)
        {
            return rows;
        }

        var ids = rows.ConvertAll(row => row.Id);
        var fields = await db.MetadataFields.Where(field => columns.Contains(field.Key)).ToDictionaryAsync(field => field.Id, cancellationToken);
        var fieldIds = fields.Keys.ToList();
        var values = await db.TicketMetadata.AsNoTracking().Where(value => ids.Contains(value.TicketId) && fieldIds.Contains(value.FieldId)).ToListAsync(cancellationToken);
        var byTicket = values.ToLookup(value => value.TicketId);
        var standard = StandardColumn.All.Where(column => columns.Contains(column.Key.Path, StringComparer.Ordinal)).ToList();
        var attributes = standard.Count == 0 ? [] : await db.TicketAttributes.AsNoTracking().Where(row => ids.Contains(row.TicketId)).ToDictionaryAsync(row => row.TicketId, cancellationToken);
        return [.. rows.Select(row => row with { Values = ValuesOf(row.Id) })];

        Dictionary<string, StoredValue> ValuesOf(long id)
        {
            var shown = byTicket[id].ToDictionary(value => fields[value.FieldId].Key, value => StoredValue.Of(fields[value.FieldId].Type, value), StringComparer.Ordinal);
            foreach (var column in attributes.TryGetValue(id, out var own) ? standard : [])
            {
                if (StoredValue.Of(column, own!) is { } value)
                {
                    shown[column.Key.Path] = value;
                }
            }

            return shown;
        }
    }
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>Fetches the rows of tickets that were found, with the columns that are shown.</summary>
internal sealed class TicketRows
{
    private readonly AppDbContext _db;
    private readonly Dictionary<int, (string Key, MetadataType Type)> _fields;
    private readonly List<StandardColumn> _standard;
    private readonly bool _hasChannels;
    private readonly bool _hasTags;

    /// <param name="columns">Null for the ticket's own columns.</param>
    public TicketRows(AppDbContext db, IReadOnlyDictionary<string, FieldSource> sources, IReadOnlyList<string>? columns)
    {
        _db = db;
        _hasChannels = columns?.Contains(OwnField.Channel, StringComparer.Ordinal) ?? true;
        _hasTags = columns?.Contains(OwnField.Tag, StringComparer.Ordinal) ?? true;
        _fields = (columns ?? []).Select(sources.GetValueOrDefault).OfType<FieldSource>().SelectMany(source => source.Rows.Select(row => (row.Id, source.Field.Key, row.Type)))
            .ToDictionary(field => field.Id, field => (field.Key, field.Type));
        _standard = [.. StandardColumn.All.Where(column => columns?.Contains(column.Key.Path, StringComparer.Ordinal) is true)];
    }

    /// <summary>In the order of <paramref name="ids"/>; a ticket that went meanwhile is left out.</summary>
    public async Task<IReadOnlyList<TicketRow>> ReadAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = await _db.Tickets.Where(ticket => ids.Contains(ticket.Id)).Select(ticket => new TicketRow
        {
            Id = ticket.Id,
            KustomerId = ticket.KustomerId,
            InstanceId = ticket.InstanceId,
            Instance = _db.Instances.Where(instance => instance.Id == ticket.InstanceId).Select(instance => instance.Name).First(),
            Subject = ticket.Subject,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Direction = ticket.Direction,
            CreatedAt = ticket.CreatedAt,
            UpdatedAt = ticket.UpdatedAt,
            LastActivityAt = ticket.LastActivityAt,
            MessageCount = ticket.MessageCount,
            NoteCount = ticket.NoteCount,
            CustomerConversations = ticket.Customer!.ConversationCount,
        }).ToDictionaryAsync(row => row.Id, cancellationToken);
        var channels = _hasChannels ? await ListsAsync(_db.TicketChannels.Where(own => ids.Contains(own.TicketId)).OrderBy(own => own.Channel).Select(own => new Item(own.TicketId, own.Channel)), cancellationToken) : null;
        var tags = _hasTags ? await TagsAsync(ids, cancellationToken) : null;
        var values = await ValuesAsync(ids, cancellationToken);
        return
        [
            .. ids.Where(rows.ContainsKey).Select(id => rows[id] with
            {
                Channels = channels is null ? [] : [.. channels[id]],
                Tags = tags is null ? [] : [.. tags[id].Order(StringComparer.OrdinalIgnoreCase)],
                Values = values.GetValueOrDefault(id) ?? TicketRow.NoValues,
            }),
        ];
    }

    private static async Task<ILookup<long, string>> ListsAsync(IQueryable<Item> items, CancellationToken cancellationToken) =>
        (await items.ToListAsync(cancellationToken)).ToLookup(item => item.TicketId, item => item.Value);

    /// <summary>By their names; a tag whose name is not known by its id.</summary>
    private async Task<ILookup<long, string>> TagsAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        (await _db.TicketTags.Where(own => ids.Contains(own.TicketId)).GroupJoin(_db.TagNames, own => own.TagId, tag => tag.TagId, (own, names) => new { own.TicketId, own.TagId, Names = names })
            .SelectMany(own => own.Names.DefaultIfEmpty(), (own, tag) => new Item(own.TicketId, tag!.Name ?? own.TagId)).Distinct().ToListAsync(cancellationToken))
        .ToLookup(item => item.TicketId, item => item.Value);

    private async Task<Dictionary<long, Dictionary<string, StoredValue>>> ValuesAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        Dictionary<long, Dictionary<string, StoredValue>> values = [];
        if (_fields.Count > 0)
        {
            var fieldIds = _fields.Keys.ToList();
            foreach (var row in await _db.TicketMetadata.AsNoTracking().Where(row => ids.Contains(row.TicketId) && fieldIds.Contains(row.FieldId)).ToListAsync(cancellationToken))
            {
                Of(row.TicketId)[_fields[row.FieldId].Key] = StoredValue.Of(_fields[row.FieldId].Type, row);
            }
        }

        if (_standard.Count > 0)
        {
            foreach (var row in await _db.TicketAttributes.AsNoTracking().Where(row => ids.Contains(row.TicketId)).ToListAsync(cancellationToken))
            {
                foreach (var column in _standard)
                {
                    if (StoredValue.Of(column, row) is { } value)
                    {
                        Of(row.TicketId)[column.Key.Path] = value;
                    }
                }
            }
        }

        return values;

        Dictionary<string, StoredValue> Of(long id) => values.TryGetValue(id, out var own) ? own : values[id] = new Dictionary<string, StoredValue>(StringComparer.Ordinal);
    }

    private sealed record Item(long TicketId, string Value);
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync.Storing;

/// <summary>What is stored of a ticket already, as far as it decides what becomes of the one that came.</summary>
internal sealed record KnownTicket(string KustomerId, long Id, DateTimeOffset UpdatedAt, long ContentHash, DateTimeOffset? DeletedAt, DateTimeOffset? MissingSince, DateTimeOffset? AheadSince);

/// <summary>The rows of a page of tickets that are to be written: new ones, changed ones, and those that only turned up again.</summary>
internal sealed class PageOfRows(FieldCatalog catalog, DateTimeOffset now)
{
    /// <summary>Kustomer's clock and ours may differ by this much; a date beyond it was given by an import.</summary>
    public static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    private readonly List<(Ticket Row, MappedTicket Ticket)> _added = [];
    private readonly List<(Ticket Row, MappedTicket Ticket)> _changed = [];
    private readonly List<long> _foundAgain = [];

    /// <summary>Those whose rows are written.</summary>
    public IEnumerable<MappedTicket> Tickets => _added.Concat(_changed).Select(entry => entry.Ticket);

    /// <summary>
    /// An older version never replaces a newer one; a date in the future says nothing of what is newer. A record that is there again is no longer deleted or missing, though nothing else of it changed;
    /// one that Kustomer marks as deleted is from now on.
    /// </summary>
    public PageCounts Add(long instanceId, MappedTicket ticket, KnownTicket? known)
    {
        if (known is not null && known.UpdatedAt > ticket.UpdatedAt && known.AheadSince is null && known.UpdatedAt <= now + ClockDifference)
        {
            return new PageCounts { Unchanged = 1 };
        }

        var hash = TicketHash.Of(ticket);
        var isDeleted = ticket.Attributes.Deleted is true;
        if (known is null)
        {
            if (isDeleted)
            {
                // Come and gone between two runs.
                return new PageCounts { Unchanged = 1 };
            }

            _added.Add((ToRow(instanceId, 0, ticket, hash, deletedAt: null), ticket));
            return new PageCounts { Added = 1 };
        }

        if (known.ContentHash != hash || (isDeleted && known.DeletedAt is null))
        {
            _changed.Add((ToRow(instanceId, known.Id, ticket, hash, isDeleted ? known.DeletedAt ?? now : null), ticket));
            return isDeleted && known.DeletedAt is null ? new PageCounts { Deleted = 1 }
                : known is { ContentHash: Ticket.NoHash, DeletedAt: null } && known.UpdatedAt == ticket.UpdatedAt ? new PageCounts { Unchanged = 1 }
                : new PageCounts { Updated = 1, Revived = known.DeletedAt is null || isDeleted ? 0 : 1 };
        }

        if (isDeleted || (known.DeletedAt is null && known.MissingSince is null))
        {
            return new PageCounts { Unchanged = 1 };
        }

        _foundAgain.Add(known.Id);
        return known.DeletedAt is null ? new PageCounts { Unchanged = 1 } : new PageCounts { Updated = 1, Revived = 1 };
    }

    public async Task SaveAsync(AppDbContext db, Dictionary<string, long> customers, CancellationToken cancellationToken)
    {
        foreach (var (row, ticket) in _added.Concat(_changed))
        {
            row.CustomerId = ticket.CustomerId is null ? null : customers[ticket.CustomerId];
        }

        await db.InsertWithKeysAsync(_added.ConvertAll(entry => entry.Row), cancellationToken);
        await ReplaceAsync(db, cancellationToken);
        await SavePartsAsync(db, [.. _added, .. _changed], cancellationToken);
        if (_foundAgain.Count > 0)
        {
            await db.Tickets.Where(ticket => _foundAgain.Contains(ticket.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(ticket => ticket.DeletedAt, (DateTimeOffset?)null).SetProperty(ticket => ticket.MissingSince, (DateTimeOffset?)null), cancellationToken);
        }
    }

    private async Task ReplaceAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        if (_changed.Count == 0)
        {
            return;
        }

        var ids = _changed.ConvertAll(entry => entry.Row.Id);
        await db.TicketChannels.Where(channel => ids.Contains(channel.TicketId)).ExecuteDeleteAsync(cancellationToken);
        await db.TicketTags.Where(tag => ids.Contains(tag.TicketId)).ExecuteDeleteAsync(cancellationToken);
        await db.TicketAttributes.Where(attributes => ids.Contains(attributes.TicketId)).ExecuteDeleteAsync(cancellationToken);
        await db.TicketMetadata.Where(value => ids.Contains(value.TicketId)).ExecuteDeleteAsync(cancellationToken);
        db.Tickets.UpdateRange(_changed.Select(entry => entry.Row));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private async Task SavePartsAsync(AppDbContext db, List<(Ticket Row, MappedTicket Ticket)> written, CancellationToken cancellationToken)
    {
        List<TicketChannel> channels = [];
        List<TicketTag> tags = [];
        List<TicketMetadata> values = [];
        foreach (var (row, ticket) in written)
        {
            ticket.Attributes.TicketId = row.Id;
            channels.AddRange(ticket.Channels.Select(channel => new TicketChannel { TicketId = row.Id, Channel = channel }));
            tags.AddRange(ticket.TagIds.Select(tag => new TicketTag { TicketId = row.Id, TagId = tag }));
            values.AddRange(ticket.Values.Select(value => ToRow(row.Id, value)));
        }

        await db.BulkInsertAsync(channels, cancellationToken);
        await db.BulkInsertAsync(tags, cancellationToken);
        await db.BulkInsertAsync(written.ConvertAll(entry => entry.Ticket.Attributes), cancellationToken);
        await db.BulkInsertAsync(values, cancellationToken);
    }

    private Ticket ToRow(long instanceId, long id, MappedTicket ticket, long hash, DateTimeOffset? deletedAt) => new()
    {
        Id = id,
        InstanceId = instanceId,
        KustomerId = ticket.KustomerId,
        Subject = ticket.Subject,
        Status = ticket.Status,
        Priority = ticket.Priority,
        Direction = ticket.Direction,
        MessageCount = ticket.MessageCount,
        NoteCount = ticket.NoteCount,
        CreatedAt = ticket.CreatedAt,
        UpdatedAt = ticket.UpdatedAt,
        LastActivityAt = ticket.LastActivityAt,
        DeletedAt = deletedAt,
        AheadSince = ticket.UpdatedAt > now ? now : null,
        ContentHash = hash,
    };

    private TicketMetadata ToRow(long ticketId, MappedValue value) => new()
    {
        TicketId = ticketId,
        FieldId = catalog.IdOf(value.Field),
        TextValue = value.Text?.Length > TicketMetadata.IndexedTextLength ? value.Text[..TicketMetadata.IndexedTextLength] : value.Text,
        LongTextValue = value.Text?.Length > TicketMetadata.IndexedTextLength ? value.Text : null,
        NumberValue = value.Number,
        DateValue = value.Moment,
    };
}

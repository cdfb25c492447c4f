using System.Linq.Expressions;
using System.Text.RegularExpressions;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets;

/// <summary>Finds stored tickets.</summary>
public sealed partial class TicketSearch(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>One page of rows and the number of all that match.</summary>
    public async Task<TicketSheet> SearchAsync(TicketQuery query, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = Filter(db, query);

        // Counted apart: an index tells how many match, and another one knows the few that are gone.
        var total = await matching.CountAsync(cancellationToken)
            - await matching.CountAsync(ticket => ticket.MissingSince != null && ticket.DeletedAt != null, cancellationToken);
        var rows = await Sort(db, matching.Where(ticket => ticket.DeletedAt == null), query)
            .Skip((query.Page - 1) * TicketQuery.PageSize).Take(TicketQuery.PageSize)
            .Select(ticket => new TicketRow
            {
                Id = ticket.Id,
                KustomerId = ticket.KustomerId,
                Subject = ticket.Subject,
                Status = ticket.Status,
                Priority = ticket.Priority,
                Channels = ticket.Channels.Select(channel => channel.Channel).ToList(),
                Instance = db.Instances.Where(instance => instance.Id == ticket.InstanceId).Select(instance => instance.Name).First(),
                CreatedAt = ticket.CreatedAt,
                UpdatedAt = ticket.UpdatedAt,
                MessageCount = ticket.MessageCount,
                NoteCount = ticket.NoteCount,
                CustomerConversations = ticket.Customer!.ConversationCount,
            })
            .ToListAsync(cancellationToken);
        return new TicketSheet(await WithColumnsAsync(db, rows, query.Columns ?? [], cancellationToken), total);
    }

    /// <summary>Instances, statuses and channels that the stored tickets have, for the quick filters.</summary>
    public async Task<TicketFilterChoices> ReadChoicesAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new TicketFilterChoices(
            await db.Instances.OrderBy(instance => instance.Name).Select(instance => new InstanceChoice(instance.Id, instance.Name)).ToListAsync(cancellationToken),
            await db.Tickets.Where(ticket => ticket.Status != null).Select(ticket => ticket.Status!).Distinct().OrderBy(status => status).ToListAsync(cancellationToken),
            await db.TicketChannels.Select(channel => channel.Channel).Distinct().OrderBy(channel => channel).ToListAsync(cancellationToken));
    }

    private static IQueryable<Ticket> Filter(AppDbContext db, TicketQuery query)
    {
        var tickets = db.Tickets.AsNoTracking();
        if (query.InstanceId is { } instanceId)
        {
            tickets = tickets.Where(ticket => ticket.InstanceId == instanceId);
        }

        if (query.Status is { } status)
        {
            tickets = tickets.Where(ticket => ticket.Status == status);
        }

        if (query.Channel is { } channel)
        {
            tickets = tickets.Where(ticket => db.TicketChannels.Any(own => own.TicketId == ticket.Id && own.Channel == channel));
        }

        if (query.Text is { } text)
        {
            var pattern = "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal) + "%";
            tickets = TicketId().Match(text) is { Success: true } id
                ? tickets.Where(ticket => ticket.KustomerId == id.Groups["id"].Value.ToLowerInvariant())
                : tickets.Where(ticket => EF.Functions.Like(ticket.Subject!, pattern, "\\"));
        }

        return tickets;
    }

    private static IOrderedQueryable<Ticket> Sort(AppDbContext db, IQueryable<Ticket> tickets, TicketQuery query)
    {
        return query.Sort switch
        {
            TicketSort.Updated => By(ticket => ticket.UpdatedAt),
            TicketSort.Created => By(ticket => ticket.CreatedAt),
            TicketSort.Activity => By(ticket => ticket.LastActivityAt),
            TicketSort.Subject => By(ticket => ticket.Subject),
            TicketSort.Status => By(ticket => ticket.Status),
            TicketSort.Priority => By(ticket => ticket.Priority),
            TicketSort.Messages => By(ticket => ticket.MessageCount),
            TicketSort.Conversations => By(ticket => ticket.Customer!.ConversationCount),
            TicketSort.Instance => By(ticket => db.Instances.Where(instance => instance.Id == ticket.InstanceId).Select(instance => instance.Name).First()),
        };

        // The id makes pages add up where many tickets share a value.
        IOrderedQueryable<Ticket> By<T>(Expression<Func<Ticket, T>> column) =>
            query.IsAscending ? tickets.OrderBy(column).ThenBy(ticket => ticket.Id) : tickets.OrderByDescending(column).ThenByDescending(ticket => ticket.Id);
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

    /// <summary>A ticket's id, alone or in its Kustomer address.</summary>
    [GeneratedRegex(@"\A(?:https?://\S+/event/)?(?<id>[0-9a-fA-F]{24})(?:[/?#]\S*)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex TicketId();
}

using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets;

/// <summary>Finds stored tickets. Those that Kustomer deleted are never among them.</summary>
public sealed class TicketSearch(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>A count stops here unless it is to be exact.</summary>
    public const int CountCap = 10_000;

    private const int BatchSize = 500;

    /// <summary>One page of rows, or the sample.</summary>
    public async Task<TicketPageOfRows> ReadPageAsync(TicketQuery query, ViewerTime viewer, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sources = await FieldSource.ReadAsync(db, cancellationToken);
        var ids = await Sorted(db, Matching(db, sources, query, viewer), sources, query).Select(ticket => ticket.Id)
            .Skip((query.Page - 1) * TicketQuery.PageSize).Take(TicketQuery.PageSize + 1).ToListAsync(cancellationToken);
        var rows = await TicketRows.ReadAsync(db, [.. ids.Take(TicketQuery.PageSize)], query.Columns ?? [], cancellationToken);
        return new TicketPageOfRows(rows, ids.Count > TicketQuery.PageSize && query.Page < TicketQuery.MostPages);
    }

    /// <summary>How many match; up to <see cref="CountCap"/> only, unless <paramref name="isExact"/>.</summary>
    public async Task<TicketCount> CountAsync(TicketQuery query, ViewerTime viewer, bool isExact, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = Matching(db, await FieldSource.ReadAsync(db, cancellationToken), query, viewer);
        var count = isExact ? await matching.LongCountAsync(cancellationToken) : await matching.Take(CountCap + 1).LongCountAsync(cancellationToken);
        return !isExact && count > CountCap ? new TicketCount(CountCap, true) : new TicketCount(count, false);
    }

    /// <summary>All that match, in the order that is sorted by, a batch at a time.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TicketRow>> StreamAsync(TicketQuery query, ViewerTime viewer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var sources = await FieldSource.ReadAsync(db, cancellationToken);
        var ids = await Sorted(db, Matching(db, sources, query, viewer), sources, query).Select(ticket => ticket.Id).ToListAsync(cancellationToken);
        foreach (var batch in ids.Chunk(BatchSize))
        {
            yield return await TicketRows.ReadAsync(db, batch, query.Columns ?? [], cancellationToken);
        }
    }

    /// <summary>The conditions that keep a stored ticket out of the list; none when it is in it.</summary>
    public async Task<IReadOnlyList<FilterCondition>> FailingConditionsAsync(TicketQuery query, ViewerTime viewer, long ticketId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var compiler = new FilterCompiler(await FieldSource.ReadAsync(db, cancellationToken), viewer);
        List<FilterCondition> failing = [];
        await MatchesAsync(compiler.Askable(query.Filter));
        return failing;

        async Task<bool> MatchesAsync(FilterNode node)
        {
            var test = compiler.Compile(node);
            if (await db.Tickets.Where(ticket => ticket.Id == ticketId).AnyAsync(test, cancellationToken))
            {
                return true;
            }

            foreach (var part in (node as FilterGroup)?.Parts ?? [])
            {
                await MatchesAsync(part);
            }

            if (node is FilterCondition condition)
            {
                failing.Add(condition);
            }

            return false;
        }
    }

    private static IQueryable<Ticket> Matching(AppDbContext db, IReadOnlyDictionary<string, FieldSource> sources, TicketQuery query, ViewerTime viewer)
    {
        var compiler = new FilterCompiler(sources, viewer);
        var matching = db.Tickets.AsNoTracking().Where(ticket => ticket.DeletedAt == null).Where(compiler.Compile(compiler.Askable(query.Filter)));
        if (query.Sample is not { } sample)
        {
            return matching;
        }

        var drawn = matching.OrderBy(ticket => ((ticket.Id * 7919) + sample.Seed) % 1_000_003).ThenBy(ticket => ticket.Id).Take(sample.Count).Select(ticket => ticket.Id);
        return db.Tickets.AsNoTracking().Where(ticket => drawn.Contains(ticket.Id));
    }

    private static IOrderedQueryable<Ticket> Sorted(AppDbContext db, IQueryable<Ticket> tickets, IReadOnlyDictionary<string, FieldSource> sources, TicketQuery query)
    {
        var source = sources.TryGetValue(query.SortKey, out var asked) && asked is { Field: { IsStored: true, Type: not FilterFieldType.List } } ? asked : sources[TicketQuery.DefaultSort];
        var ids = source.Rows.Select(row => row.Id).ToList();
        var column = source.Column is { } own ? Expression.Lambda<Func<Ticket, object?>>(Expression.Convert(own.Body, typeof(object)), own.Parameters)
            : source.Field.Type switch
            {
                FilterFieldType.Date => ticket => db.TicketMetadata.Where(value => value.TicketId == ticket.Id && ids.Contains(value.FieldId)).Select(value => value.DateValue).FirstOrDefault(),
                FilterFieldType.Text => ticket => db.TicketMetadata.Where(value => value.TicketId == ticket.Id && ids.Contains(value.FieldId)).Select(value => value.TextValue).FirstOrDefault(),
                _ => (Expression<Func<Ticket, object?>>)(ticket => db.TicketMetadata.Where(value => value.TicketId == ticket.Id && ids.Contains(value.FieldId)).Select(value => value.NumberValue).FirstOrDefault()),
            };
        var isEmpty = Expression.Lambda<Func<Ticket, bool>>(Expression.Equal(column.Body, Expression.Constant(null)), column.Parameters);
        var sorted = tickets.OrderBy(isEmpty);
        return query.IsAscending ? sorted.ThenBy(column).ThenBy(ticket => ticket.Id) : sorted.ThenByDescending(column).ThenByDescending(ticket => ticket.Id);
    }
}

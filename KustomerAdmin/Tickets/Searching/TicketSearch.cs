using System.Runtime.CompilerServices;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>Finds stored tickets. Those that Kustomer deleted are never among them.</summary>
public sealed class TicketSearch(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>A count stops here unless it is to be exact.</summary>
    public const int CountCap = 10_000;

    private const int BatchSize = 500;

    /// <summary>Of the page that was read last, for the count that follows it; used once, so that no later one counts what was there before.</summary>
    private FilterKnowledge? _known;

    /// <summary>One page of rows, of the sample if there is one.</summary>
    public async Task<TicketPageOfRows> ReadPageAsync(TicketQuery query, ViewerTime viewer, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        var (page, known) = await contexts.ReadAsync(db => ReadPageAsync(db, query, viewer, cancellationToken), cancellationToken);

        // One that was overtaken leaves nothing behind.
        cancellationToken.ThrowIfCancellationRequested();
        _known = known;
        return page;
    }

    /// <summary>How many match: up to <see cref="CountCap"/> and no further, unless <paramref name="isExact"/>.</summary>
    public async Task<TicketCount> CountAsync(TicketQuery query, ViewerTime viewer, bool isExact, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        var known = isExact ? null : Interlocked.Exchange(ref _known, null);
        return await contexts.ReadAsync(db => CountAsync(db, query, viewer, isExact, known, cancellationToken), cancellationToken);
    }

    /// <summary>All that match, in the order that is sorted by, a batch at a time: a batch costs the same wherever it is, and nothing is gathered.</summary>
    public async IAsyncEnumerable<IReadOnlyList<TicketRow>> StreamAsync(TicketQuery query, ViewerTime viewer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var asked = await AskedTickets.ReadAsync(db, query, viewer, known: null, cancellationToken);
        foreach (var stretch in await asked.StretchesAsync(wanted: BatchSize, cancellationToken))
        {
            await foreach (var ids in Walk.BatchesAsync(stretch, BatchSize, cancellationToken))
            {
                yield return await asked.Rows.ReadAsync(ids, cancellationToken);
            }
        }
    }

    /// <summary>Of what is stored now: another one as soon as a sync stored or took away tickets.</summary>
    public async Task<IReadOnlySet<(long InstanceId, DateTimeOffset? LastDataAt, long Tickets)>> ReadMarkAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.Instances.Select(instance => new { instance.Id, instance.LastDataAt, instance.TicketCount }).ToListAsync(cancellationToken))
            .Select(instance => (instance.Id, instance.LastDataAt, instance.TicketCount)).ToHashSet();
    }

    /// <summary>The conditions that keep a stored ticket out of the list; none when the filter lets it in.</summary>
    public async Task<IReadOnlyList<FilterCondition>> FailingConditionsAsync(TicketQuery query, ViewerTime viewer, long ticketId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var compiler = new FilterCompiler(db, await FieldSource.ReadAsync(db, cancellationToken), viewer);
        List<FilterCondition> failing = [];
        await LooksAtAsync(compiler.Askable(query.Filter));
        return failing;

        async Task LooksAtAsync(FilterNode node)
        {
            if (compiler.Compile(node) is not { } test || await db.Tickets.Where(ticket => ticket.Id == ticketId).AnyAsync(test, cancellationToken))
            {
                return;
            }

            if (node is FilterCondition condition)
            {
                failing.Add(condition);
                return;
            }

            foreach (var part in ((FilterGroup)node).Parts)
            {
                await LooksAtAsync(part);
            }
        }
    }

    private static async Task<(TicketPageOfRows Page, FilterKnowledge Known)> ReadPageAsync(AppDbContext db, TicketQuery query, ViewerTime viewer, CancellationToken cancellationToken)
    {
        var asked = await AskedTickets.ReadAsync(db, query, viewer, known: null, cancellationToken);
        var skip = (Math.Clamp(query.Page, 1, TicketQuery.MostPages) - 1) * TicketQuery.PageSize;
        var stretches = await asked.StretchesAsync(wanted: skip + TicketQuery.PageSize + 1, cancellationToken);
        var ids = await Walk.PageAsync(stretches, skip, TicketQuery.PageSize + 1, cancellationToken);
        var rows = await asked.Rows.ReadAsync([.. ids.Take(TicketQuery.PageSize)], cancellationToken);
        return (new TicketPageOfRows(rows, ids.Count > TicketQuery.PageSize && query.Page < TicketQuery.MostPages), asked.Known);
    }

    private static async Task<TicketCount> CountAsync(AppDbContext db, TicketQuery query, ViewerTime viewer, bool isExact, FilterKnowledge? known, CancellationToken cancellationToken)
    {
        var asked = await AskedTickets.ReadAsync(db, query, viewer, known, cancellationToken);
        if (isExact)
        {
            return new TicketCount(await asked.Counted(int.MaxValue).LongCountAsync(cancellationToken), IsCapped: false);
        }

        if (asked.IsEverything)
        {
            // The sync keeps this count in step with what it stores.
            return new TicketCount(await db.Instances.SumAsync(instance => instance.TicketCount, cancellationToken), IsCapped: false);
        }

        var count = await asked.Counted(CountCap + 1).Take(CountCap + 1).LongCountAsync(cancellationToken);
        return count > CountCap ? new TicketCount(CountCap, IsCapped: true) : new TicketCount(count, IsCapped: false);
    }
}

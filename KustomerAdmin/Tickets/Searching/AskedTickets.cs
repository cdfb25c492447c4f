using KustomerAdmin.Data;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>What one query of the list asks of the database, whichever way it goes about it.</summary>
internal sealed class AskedTickets
{
    private readonly AppDbContext _db;
    private readonly ViewerTime _viewer;
    private readonly TicketQuery _query;
    private IReadOnlyList<long>? _drawn;

    private AskedTickets(AppDbContext db, TicketQuery query, ViewerTime viewer, FilterKnowledge known)
    {
        _db = db;
        _viewer = viewer;
        _query = query.InOrder(known.Sources.GetValueOrDefault(query.SortKey)?.Field);
        Known = known;
        Rows = new TicketRows(db, known.Sources, query.Columns);
    }

    public TicketRows Rows { get; }

    /// <summary>For the next query with the same filter.</summary>
    public FilterKnowledge Known { get; }

    public bool IsEverything => Known.Filter.IsEmpty && _query.Sample is null;

    /// <param name="known">What a query learnt a moment ago; of another filter it says nothing.</param>
    public static async Task<AskedTickets> ReadAsync(AppDbContext db, TicketQuery query, ViewerTime viewer, FilterKnowledge? known, CancellationToken cancellationToken)
    {
        var asked = new AskedTickets(db, query, viewer, known?.Asked.Equals(query.Filter) is true ? known : await FilterKnowledge.GatherAsync(db, query.Filter, viewer, cancellationToken));
        if (query.Sample is { } sample)
        {
            asked._drawn = await sample.DrawFrom(asked.Found(int.MaxValue, isSorted: true).All).ToListAsync(cancellationToken);
        }

        return asked;
    }

    /// <param name="wanted">So many rows are read from the beginning.</param>
    public async Task<IReadOnlyList<Stretch>> StretchesAsync(int wanted, CancellationToken cancellationToken)
    {
        if (_drawn is null)
        {
            await Known.FindAsync(_db, _viewer, Known.Plan?.Driver(wanted, isSorted: true), cancellationToken);
        }

        return await new TicketOrder(_db, Found(wanted, isSorted: true), Known.Sources[_query.SortKey], _query.IsAscending).StretchesAsync(cancellationToken);
    }

    /// <param name="wanted">It stops after so many.</param>
    public IQueryable<long> Counted(int wanted)
    {
        var found = Found(wanted, isSorted: false);

        // What looks for a word reads many entries and finds few: those it finds are looked up, or each entry would be asked for among the deleted.
        return Known.Found is not null || Known.Plan?.Driver(wanted, isSorted: false) is FilterCondition { Operator: FilterOperator.Contains or FilterOperator.StartsWith }
            ? found.All.Select(candidate => candidate.Id)
            : found.Ids;
    }

    private FoundTickets Found(int wanted, bool isSorted)
    {
        if (_drawn is not null)
        {
            return new FoundTickets(_db, null, ticket => _drawn.Contains(ticket.Id));
        }

        if (Known.Found is var (part, ids))
        {
            return new FoundTickets(_db, _db.Tickets.Where(ticket => EF.Parameter(ids).Contains(ticket.Id)).Select(ticket => ticket.Id), Compiler(isDriven: true).Compile(Known.Filter, except: part));
        }

        var driver = Known.Plan?.Driver(wanted, isSorted);
        return new FoundTickets(_db, driver is null ? null : new FilterDriver(_db, Known.Sources, _viewer).Find(driver), Compiler(driver is not null).Compile(Known.Filter, except: driver));

        FilterCompiler Compiler(bool isDriven) => new(_db, Known.Sources, _viewer, isSorted ? _query.SortKey : null, isDriven);
    }
}

using KustomerAdmin.Data;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets;

/// <summary>What one query of the list asks of the database, whichever way it goes about it.</summary>
internal sealed class AskedTickets
{
    private readonly AppDbContext _db;
    private readonly IReadOnlyDictionary<string, FieldSource> _sources;
    private readonly ViewerTime _viewer;
    private readonly TicketQuery _query;
    private readonly FilterGroup _filter;
    private readonly FilterPlan? _plan;
    private IReadOnlyList<long>? _drawn;

    private AskedTickets(AppDbContext db, IReadOnlyDictionary<string, FieldSource> sources, ViewerTime viewer, TicketQuery query, FilterGroup filter, FilterPlan? plan)
    {
        _db = db;
        _sources = sources;
        _viewer = viewer;
        _query = query;
        _filter = filter;
        _plan = plan;
        Rows = new TicketRows(db, sources, query.Columns);
    }

    public TicketRows Rows { get; }

    public bool IsEverything => _filter.IsEmpty && _query.Sample is null;

    public static async Task<AskedTickets> ReadAsync(AppDbContext db, TicketQuery query, ViewerTime viewer, CancellationToken cancellationToken)
    {
        var sources = await FieldSource.ReadAsync(db, cancellationToken);
        var filter = new FilterCompiler(db, sources, viewer).Askable(query.Filter);
        var asked = new AskedTickets(db, sources, viewer, query, filter, filter.IsEmpty ? null : await FilterPlan.MakeAsync(db, filter, sources, viewer, cancellationToken));
        if (query.Sample is { } sample)
        {
            asked._drawn = await sample.DrawFrom(asked.Found(int.MaxValue, isSorted: true).All).ToListAsync(cancellationToken);
        }

        return asked;
    }

    /// <param name="wanted">So many rows are read from the beginning.</param>
    public Task<IReadOnlyList<Stretch>> StretchesAsync(int wanted, CancellationToken cancellationToken)
    {
        var source = _sources.TryGetValue(_query.SortKey, out var asked) && TicketOrder.IsPossible(asked) ? asked : _sources[TicketQuery.DefaultSort];
        return new TicketOrder(_db, Found(wanted, isSorted: true), source, _query.IsAscending).StretchesAsync(cancellationToken);
    }

    /// <param name="wanted">It stops after so many.</param>
    public IQueryable<long> Counted(int wanted)
    {
        var found = Found(wanted, isSorted: false);

        // What looks for a word reads many entries and finds few: those it finds are looked up, or each entry would be asked for among the deleted.
        return _plan?.Driver(wanted, isSorted: false) is FilterCondition { Operator: FilterOperator.Contains or FilterOperator.StartsWith } ? found.All.Select(candidate => candidate.Id) : found.Ids;
    }

    private FoundTickets Found(int wanted, bool isSorted)
    {
        if (_drawn is not null)
        {
            return new FoundTickets(_db, null, ticket => _drawn.Contains(ticket.Id));
        }

        var driver = _plan?.Driver(wanted, isSorted);
        return new FoundTickets(_db, driver is null ? null : new FilterDriver(_db, _sources, _viewer).Find(driver), new FilterCompiler(_db, _sources, _viewer, isSorted ? _query.SortKey : null).Compile(_filter, except: driver));
    }
}

using KustomerAdmin.Data;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>What answering a filter learns of it. A page and the count that follows it ask the same: the second begins with what the first knows.</summary>
/// <param name="Asked">As the query has it.</param>
/// <param name="Filter">What of it can be asked.</param>
/// <param name="Plan">Null when nothing is asked.</param>
internal sealed record FilterKnowledge(FilterGroup Asked, FilterGroup Filter, IReadOnlyDictionary<string, FieldSource> Sources, FilterPlan? Plan)
{
    /// <summary>Beginning with more would be no gain.</summary>
    private const int MostFound = 10_000;

    /// <summary>Tickets that one part of the filter found by reading all entries of an index, deleted ones too.</summary>
    public (FilterNode Part, List<long> Ids)? Found { get; private set; }

    public static async Task<FilterKnowledge> GatherAsync(AppDbContext db, FilterGroup asked, ViewerTime viewer, CancellationToken cancellationToken)
    {
        var sources = await FieldSource.ReadAsync(db, cancellationToken);
        var filter = new FilterCompiler(db, sources, viewer).Askable(asked);
        return new FilterKnowledge(asked, filter, sources, filter.IsEmpty ? null : await FilterPlan.MakeAsync(db, filter, sources, viewer, cancellationToken));
    }

    /// <summary>Reads once what would be read for the page and again for the count. Nothing is done for a part that its index finds at once.</summary>
    public async Task FindAsync(AppDbContext db, ViewerTime viewer, FilterNode? driver, CancellationToken cancellationToken)
    {
        if (Found is null && driver is not null && Plan!.ReadsFor(driver))
        {
            var ids = await new FilterDriver(db, Sources, viewer).Find(driver)!.Take(MostFound + 1).ToListAsync(cancellationToken);
            Found = ids.Count > MostFound ? null : (driver, ids);
        }
    }
}

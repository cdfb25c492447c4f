using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <summary>
/// Which part of a filter a search begins with. Walking through the tickets in their order until enough match is instant for what many have and reads
/// everything for what few have; beginning with the tickets of one part is the reverse. No database turns one into the other, so it is decided here, by estimates.
/// </summary>
internal sealed class FilterPlan
{
    /// <summary>Looking at an entry of an index, in parts of looking at a ticket in its order.</summary>
    private const double Entry = 0.12;

    /// <summary>Looking at a ticket here and a ticket there, as sorting makes necessary.</summary>
    private const double Jump = 3;

    private readonly double _tickets;
    private readonly double _share;
    private readonly List<(FilterNode Part, double Share, double Scanned)> _drivers;

    private FilterPlan(double tickets, double share, List<(FilterNode Part, double Share, double Scanned)> drivers)
    {
        _tickets = tickets;
        _share = share;
        _drivers = drivers;
    }

    /// <summary>Tickets that match, about.</summary>
    public double Matching => _tickets * _share;

    /// <param name="filter">One that can be asked.</param>
    public static async Task<FilterPlan> MakeAsync(AppDbContext db, FilterGroup filter, IReadOnlyDictionary<string, FieldSource> sources, ViewerTime viewer, CancellationToken cancellationToken)
    {
        var tickets = Math.Max(1, await db.Instances.SumAsync(instance => instance.TicketCount, cancellationToken));
        var estimates = new FilterEstimates(db, sources, viewer, tickets);
        await estimates.LoadAsync(filter, cancellationToken);
        var driver = new FilterDriver(db, sources, viewer);
        List<(FilterNode Part, double Share, double Scanned)> drivers = [];
        foreach (var part in Together(filter).Where(part => driver.Find(part) is not null))
        {
            drivers.Add((part, await estimates.ShareAsync(part, cancellationToken), estimates.ScannedBy(part)));
        }

        return new FilterPlan(tickets, await estimates.ShareAsync(filter, cancellationToken), drivers);
    }

    /// <param name="wanted">So many matching tickets are read.</param>
    /// <param name="isSorted">All that the driver finds is read before the first one is known.</param>
    /// <returns>The part to begin with; null to walk.</returns>
    public FilterNode? Driver(int wanted, bool isSorted)
    {
        var walked = Math.Min(_tickets, wanted / Math.Max(_share, 1 / _tickets));
        FilterNode? best = null;
        var least = walked;
        foreach (var (part, share, scanned) in _drivers)
        {
            var found = _tickets * share;
            var cost = isSorted ? (found * Jump) + (scanned * Entry) : Math.Min(1, wanted / Math.Max(1, Matching)) * (found + (scanned * Entry));
            if (cost < least)
            {
                (best, least) = (part, cost);
            }
        }

        return best;
    }

    /// <summary>Whether a driver reads entries that do not match.</summary>
    public bool ReadsFor(FilterNode driver) => _drivers.Exists(known => ReferenceEquals(known.Part, driver) && known.Scanned > 0);

    /// <summary>The parts that every matching ticket meets.</summary>
    private static IEnumerable<FilterNode> Together(FilterNode node) => node switch
    {
        FilterGroup { IsAny: false } all => all.Parts.SelectMany(Together),
        FilterCondition { Operator: FilterOperator.AllOf } list => list.Values.Select(value => list with { Operator = FilterOperator.AnyOf, Values = [value] }),
        _ => [node],
    };
}

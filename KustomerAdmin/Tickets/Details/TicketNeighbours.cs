using KustomerAdmin.Audit;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tickets.Details;

/// <summary>The tickets before and after one in the list that it was opened from.</summary>
public sealed class TicketNeighbours(CurrentAdmin currentAdmin, TicketSearch search)
{
    /// <param name="query">The list, at the page that the ticket stood on.</param>
    /// <returns>Both null when the ticket stands in the list no longer.</returns>
    public async Task<(Neighbour? Previous, Neighbour? Next)> FindAsync(TicketQuery query, ViewerTime viewer, long ticketId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        var (page, hasNext) = await ReadAsync(query.Page);
        var place = page.FindIndex(neighbour => neighbour.TicketId == ticketId);
        return place < 0 ? (null, null) : (
            place > 0 ? page[place - 1] : query.Page > 1 ? (await ReadAsync(query.Page - 1)).Neighbours.LastOrDefault() : null,
            place < page.Count - 1 ? page[place + 1] : hasNext ? (await ReadAsync(query.Page + 1)).Neighbours.FirstOrDefault() : null);

        async Task<(List<Neighbour> Neighbours, bool HasNext)> ReadAsync(int number)
        {
            var list = query with { Page = number };
            var found = await search.ReadPageAsync(list with { Columns = [] }, viewer, cancellationToken);
            return ([.. found.Rows.Select(row => new Neighbour(row.Id, list))], found.HasNext);
        }
    }
}

/// <summary>A ticket of a list.</summary>
/// <param name="List">The list at the page that the ticket stands on.</param>
public sealed record Neighbour(long TicketId, TicketQuery List)
{
    public string Address => ListAddress.OfTicket(TicketId, List);

    /// <returns>Null when the ticket was not opened from a list.</returns>
    public static TicketQuery? ListOf(string? parameter) => parameter is null ? null : TicketQuery.FromAddress("?" + parameter);
}

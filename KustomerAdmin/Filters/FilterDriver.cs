using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Filters;

/// <summary>The tickets that one part of a filter finds by its index, where <see cref="FilterCompiler"/> asks every ticket: what a search can begin with.</summary>
internal sealed class FilterDriver(AppDbContext db, IReadOnlyDictionary<string, FieldSource> sources, ViewerTime viewer)
{
    /// <returns>Each ticket once, deleted ones too; null for a part that finds no tickets by itself.</returns>
    public IQueryable<long>? Find(FilterNode part) => part is FilterCondition condition && sources[condition.Field].IsLeftToThePlanner ? null : Ids(part);

    private IQueryable<long>? Ids(FilterNode part) => part switch
    {
        FilterCondition condition => Ids(FilterOperators.Normal(condition, sources[condition.Field].Field.Type), sources[condition.Field]),
        FilterGroup { IsAny: true } any => Union([.. any.Parts.Select(Ids)]),
        _ => null,
    };

    private IQueryable<long>? Ids(FilterCondition condition, FieldSource source)
    {
        if (condition.Operator is FilterOperator.IsNot or FilterOperator.NoneOf or FilterOperator.IsEmpty)
        {
            return null;
        }

        if (source.Field.Type is FilterFieldType.List)
        {
            return ListTest.Ids(db, condition, source.Field.Key);
        }

        List<IQueryable<long>?> found = [];
        if (source.Table == typeof(Ticket))
        {
            var tickets = db.Tickets.Where(ticket => ticket.DeletedAt == null).Where(ColumnTest.Of<Ticket>(condition, source.Column!, viewer));

            // The order is that of the index, which holds all that is asked. Without it SQLite, which guesses how large an index is, reads the tickets themselves for a word.
            found.Add((condition.Operator is FilterOperator.Contains or FilterOperator.StartsWith ? tickets.OrderBy(ticket => ticket.Subject) : tickets).Select(ticket => ticket.Id));
        }
        else if (source.Table == typeof(TicketAttributes))
        {
            found.Add(db.TicketAttributes.Where(ColumnTest.Of<TicketAttributes>(condition, source.Column!, viewer)).Select(own => own.TicketId));
        }
        else if (source.Table == typeof(Customer))
        {
            found.Add(db.Customers.Where(ColumnTest.Of<Customer>(condition, source.Column!, viewer))
                .SelectMany(_ => db.Tickets, (customer, ticket) => new { customer, ticket }).Where(pair => pair.ticket.CustomerId == pair.customer.Id).Select(pair => pair.ticket.Id));
        }

        var rows = RowTest.Of(db, condition, source, viewer).SelectMany(test => test.Apart()).Select(test => db.TicketMetadata.Where(test).Select(row => row.TicketId)).ToList();
        if (rows.Count > 0)
        {
            // No ticket has two values of one field, and no row is in two of the parts.
            found.Add(rows.Aggregate(static (left, right) => left.Concat(right)));
        }

        return Union(found);
    }

    private static IQueryable<long>? Union(IReadOnlyList<IQueryable<long>?> parts) =>
        parts.Count == 0 || parts.Contains(null) ? null : parts.Aggregate(static (left, right) => left!.Union(right!));
}

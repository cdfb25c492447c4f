using System.Linq.Expressions;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Filters;

/// <summary>
/// Makes one expression of a filter, which every provider translates. What has no index together with the ticket's order is looked up ticket by ticket (EXISTS): nothing for
/// a planner to turn round, so how a search goes about it is decided by <see cref="FilterPlan"/> alone.
/// </summary>
/// <param name="sortKey">Its conditions are ranges of the index that is walked through.</param>
/// <param name="isDriven">Each ticket is looked up by its id, whatever is asked of it: no index for a planner to turn to.</param>
internal sealed class FilterCompiler(AppDbContext db, IReadOnlyDictionary<string, FieldSource> sources, ViewerTime viewer, string? sortKey = null, bool isDriven = false)
{
    /// <summary>The filter without what cannot be asked, and without groups that are empty then.</summary>
    public FilterGroup Askable(FilterGroup filter) => new(filter.IsAny, [.. filter.Parts.Select(Askable).OfType<FilterNode>()]);

    /// <param name="filter">One that <see cref="Askable(FilterGroup)"/> gave.</param>
    /// <param name="except">A part that the tickets in question are known to meet.</param>
    /// <returns>Null when nothing is left to ask.</returns>
    public Expression<Func<Ticket, bool>>? Compile(FilterNode filter, FilterNode? except = null)
    {
        if (ReferenceEquals(filter, except) || filter is FilterGroup { IsEmpty: true })
        {
            return null;
        }

        switch (filter)
        {
            case FilterCondition condition:
                return Compile(Normal(condition), sources[condition.Field]);
            case FilterGroup { IsAny: true } any:
                return Predicate.Or([.. any.Parts.Select(part => Compile(part)!)]);
            case FilterGroup all:
                var parts = all.Parts.Select(part => Compile(part, except)).OfType<Expression<Func<Ticket, bool>>>().ToList();
                return parts.Count == 0 ? null : Predicate.And(parts);
            default:
                throw new NotSupportedException(filter.GetType().Name);
        }
    }

    public FilterCondition Normal(FilterCondition condition) => FilterOperators.Normal(condition, sources[condition.Field].Field.Type);

    private FilterNode? Askable(FilterNode node) => node switch
    {
        FilterGroup group => Askable(group) is { IsEmpty: false } askable ? askable : null,
        FilterCondition condition => FilterProblem.Of(condition, sources.GetValueOrDefault(condition.Field)?.Field) is null ? condition : null,
        _ => null,
    };

    private Expression<Func<Ticket, bool>> Compile(FilterCondition condition, FieldSource source) => condition.Operator switch
    {
        FilterOperator.IsNot => Predicate.Not(Compile(condition with { Operator = FilterOperator.Is }, source)),
        FilterOperator.NoneOf => Predicate.Not(Compile(condition with { Operator = FilterOperator.AnyOf }, source)),
        FilterOperator.IsEmpty => Predicate.Not(Compile(condition with { Operator = FilterOperator.IsNotEmpty }, source)),
        _ when source.Field.Type is FilterFieldType.List => ListTest.Of(db, condition, source.Field.Key),
        _ => Predicate.Or([.. Parts(condition, source).DefaultIfEmpty(static ticket => false)]),
    };

    private IEnumerable<Expression<Func<Ticket, bool>>> Parts(FilterCondition condition, FieldSource source)
    {
        if (source.Table == typeof(Ticket))
        {
            var test = ColumnTest.Of<Ticket>(condition, source.Column!, viewer);
            var tickets = db.Tickets.Where(test);
            yield return isDriven || source.IsLeftToThePlanner || string.Equals(source.Field.Key, sortKey, StringComparison.Ordinal) ? test : ticket => tickets.Any(own => own.Id == ticket.Id);
        }
        else if (source.Table == typeof(TicketAttributes))
        {
            var attributes = db.TicketAttributes.Where(ColumnTest.Of<TicketAttributes>(condition, source.Column!, viewer));
            yield return ticket => attributes.Any(own => own.TicketId == ticket.Id);
        }
        else if (source.Table == typeof(Customer))
        {
            var customers = db.Customers.Where(ColumnTest.Of<Customer>(condition, source.Column!, viewer));
            yield return ticket => customers.Any(own => own.Id == ticket.CustomerId);
        }

        foreach (var test in RowTest.Of(db, condition, source, viewer))
        {
            var rows = db.TicketMetadata.Where(test.Any());
            yield return ticket => rows.Any(row => row.TicketId == ticket.Id);
        }
    }
}

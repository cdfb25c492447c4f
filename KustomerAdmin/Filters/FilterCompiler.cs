using System.Linq.Expressions;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Filters;

/// <summary>Makes one expression of a filter, which every provider translates.</summary>
internal sealed class FilterCompiler(IReadOnlyDictionary<string, FieldSource> sources, ViewerTime viewer)
{
    /// <summary>The filter without what cannot be asked, and without groups that are empty then.</summary>
    public FilterGroup Askable(FilterGroup filter) => new(filter.IsAny, [.. filter.Parts.Select(Askable).OfType<FilterNode>()]);

    /// <param name="filter">One that <see cref="Askable(FilterGroup)"/> gave.</param>
    public Expression<Func<Ticket, bool>> Compile(FilterNode filter) => filter switch
    {
        FilterCondition condition => Compile(FilterOperators.Normal(condition, sources[condition.Field].Field.Type), sources[condition.Field]),
        FilterGroup { IsEmpty: true } => ticket => true,
        FilterGroup { IsAny: true } group => Predicate.Or(group.Parts.Select(Compile).ToList()),
        FilterGroup group => Predicate.And(group.Parts.Select(Compile).ToList()),
        _ => throw new NotSupportedException(filter.GetType().Name),
    };

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
        _ => Predicate.Or([.. Parts(condition, source)]),
    };

    private IEnumerable<Expression<Func<Ticket, bool>>> Parts(FilterCondition condition, FieldSource source)
    {
        if (source.Field.Type is FilterFieldType.List)
        {
            yield return source.Field.Key is OwnField.Tag ? ListTest.Tags(condition) : ListTest.Channels(condition);
            yield break;
        }

        if (source.Column is { } column)
        {
            yield return OnColumn(condition, column);
        }

        // Of a column's rows one can be said: they hold what does not fit it.
        var tests = source.Column is null || condition.Operator is FilterOperator.IsNotEmpty ? RowTest.Of(condition, source.Rows, viewer) : [];
        foreach (var rows in tests)
        {
            var any = rows.Any();
            yield return ticket => ticket.Metadata.AsQueryable().Any(any);
        }

        if (source.Column is null && tests.Count == 0)
        {
            yield return ticket => false;
        }
    }

    private Expression<Func<Ticket, bool>> OnColumn(FilterCondition condition, LambdaExpression column)
    {
        if (condition.Operator is FilterOperator.IsNotEmpty)
        {
            var isNullable = !column.Body.Type.IsValueType || Nullable.GetUnderlyingType(column.Body.Type) is not null;
            return isNullable ? Expression.Lambda<Func<Ticket, bool>>(Expression.NotEqual(column.Body, Expression.Constant(null, column.Body.Type)), column.Parameters) : ticket => true;
        }

        var type = Nullable.GetUnderlyingType(column.Body.Type) ?? column.Body.Type;
        return Predicate.Of<Ticket>(
            column,
            type == typeof(string) ? ValueTest.Text(condition)
            : type == typeof(double) ? ValueTest.Number(condition)
            : type == typeof(int) ? ValueTest.Integer(condition)
            : type == typeof(bool) ? ValueTest.Truth(condition)
            : type == typeof(long) ? ValueTest.Key(condition)
            : ValueTest.Date(condition, viewer));
    }
}

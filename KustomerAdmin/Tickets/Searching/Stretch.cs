using System.Linq.Expressions;
using KustomerAdmin.Filters;

namespace KustomerAdmin.Tickets.Searching;

/// <summary>
/// A stretch of a sorted list that indexes have in order. A list is one stretch or several, one after the other: the tickets with a value, then those without.
/// </summary>
/// <param name="Sources">Tickets that match. Several when a field is one of several instances: each has its part of the index, and they are merged.</param>
/// <param name="Keys">What they are ordered by, never null; the last one is the ticket's id.</param>
internal sealed record Stretch(IReadOnlyList<IQueryable<Candidate>> Sources, IReadOnlyList<LambdaExpression> Keys, bool IsAscending)
{
    /// <summary>The keys of the tickets in their order, of those alone that <paramref name="conditions"/> let through.</summary>
    public IQueryable<object?[]> Read(IReadOnlyList<Expression<Func<Candidate, bool>>> conditions)
    {
        var sources = Sources.Select(source => conditions.Aggregate(source, static (rows, condition) => rows.Where(condition))).ToList();
        return sources is [var only] ? Ordered(only).Select(KeysOf(Keys)) : Keys[0] switch
        {
            Expression<Func<Candidate, string?>> text => Merged(sources, text),
            Expression<Func<Candidate, double?>> number => Merged(sources, number),
            Expression<Func<Candidate, DateTimeOffset?>> moment => Merged(sources, moment),
            var other => throw new NotSupportedException(other.ReturnType.Name),
        };
    }

    private IQueryable<Candidate> Ordered(IQueryable<Candidate> rows)
    {
        var query = rows.Expression;
        for (var place = 0; place < Keys.Count; place++)
        {
            var name = (place == 0 ? nameof(Queryable.OrderBy) : nameof(Queryable.ThenBy)) + (IsAscending ? "" : "Descending");
            query = Expression.Call(typeof(Queryable), name, [typeof(Candidate), Keys[place].ReturnType], query, Expression.Quote(Keys[place]));
        }

        return rows.Provider.CreateQuery<Candidate>(query);
    }

    /// <summary>Both keys are read: SQLite merges ordered parts only by columns that it gives back.</summary>
    private IQueryable<object?[]> Merged<TKey>(IReadOnlyList<IQueryable<Candidate>> sources, Expression<Func<Candidate, TKey>> key)
    {
        var candidate = key.Parameters[0];
        var place = Expression.Lambda<Func<Candidate, Place<TKey>>>(
            Expression.MemberInit(
                Expression.New(typeof(Place<TKey>)),
                Expression.Bind(typeof(Place<TKey>).GetProperty(nameof(Place<>.Key))!, key.Body),
                Expression.Bind(typeof(Place<TKey>).GetProperty(nameof(Place<>.Id))!, Expression.Property(candidate, nameof(Candidate.Id)))),
            candidate);
        var places = sources.Select(source => source.Select(place)).Aggregate(static (left, right) => left.Concat(right));
        var ordered = IsAscending ? places.OrderBy(row => row.Key).ThenBy(row => row.Id) : places.OrderByDescending(row => row.Key).ThenByDescending(row => row.Id);
        return ordered.Select(row => new object?[] { row.Key, row.Id });
    }

    private static Expression<Func<Candidate, object?[]>> KeysOf(IReadOnlyList<LambdaExpression> keys)
    {
        var candidate = keys[0].Parameters[0];
        var itself = Expression.Lambda(candidate, candidate);
        return Expression.Lambda<Func<Candidate, object?[]>>(Expression.NewArrayInit(typeof(object), keys.Select(key => Expression.Convert(Predicate.Then(itself, key).Body, typeof(object)))), candidate);
    }

    private sealed class Place<TKey>
    {
        public required TKey Key { get; init; }

        public long Id { get; init; }
    }
}

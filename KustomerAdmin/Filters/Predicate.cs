using System.Linq.Expressions;

namespace KustomerAdmin.Filters;

/// <summary>Puts expressions together into one, as if they had been written as one.</summary>
internal static class Predicate
{
    public static Expression<Func<T, bool>> And<T>(IReadOnlyList<Expression<Func<T, bool>>> parts) => Join(parts, Expression.AndAlso);

    public static Expression<Func<T, bool>> Or<T>(IReadOnlyList<Expression<Func<T, bool>>> parts) => Join(parts, Expression.OrElse);

    public static Expression<Func<T, bool>> Not<T>(Expression<Func<T, bool>> part) => Expression.Lambda<Func<T, bool>>(Expression.Not(part.Body), part.Parameters);

    /// <summary>A test of what a column gives.</summary>
    public static Expression<Func<T, bool>> Of<T>(LambdaExpression column, LambdaExpression test)
    {
        var asked = test.Parameters[0];
        var value = column.Body.Type == asked.Type ? column.Body : Expression.Convert(column.Body, asked.Type);
        return Expression.Lambda<Func<T, bool>>(new Replacement(asked, value).Visit(test.Body)!, column.Parameters);
    }

    private static Expression<Func<T, bool>> Join<T>(IReadOnlyList<Expression<Func<T, bool>>> parts, Func<Expression, Expression, BinaryExpression> join)
    {
        var parameter = parts[0].Parameters[0];
        return Expression.Lambda<Func<T, bool>>(parts.Select(part => new Replacement(part.Parameters[0], parameter).Visit(part.Body)!).Aggregate(join), parameter);
    }

    private sealed class Replacement(Expression replaced, Expression by) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == replaced ? by : base.Visit(node);
    }
}

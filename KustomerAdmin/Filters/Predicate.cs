using System.Linq.Expressions;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Filters;

/// <summary>Puts expressions together into one, as if they had been written as one.</summary>
internal static class Predicate
{
    public static Expression<Func<T, bool>> And<T>(IReadOnlyList<Expression<Func<T, bool>>> parts) => Join(parts, Expression.AndAlso);

    public static Expression<Func<T, bool>> Or<T>(IReadOnlyList<Expression<Func<T, bool>>> parts) => Join(parts, Expression.OrElse);

    public static Expression<Func<T, bool>> Not<T>(Expression<Func<T, bool>> part) => Expression.Lambda<Func<T, bool>>(Expression.Not(part.Body), part.Parameters);

    /// <summary>A test of a ticket, asked of what has the ticket and its id: what needs the id alone is asked without the ticket.</summary>
    public static Expression<Func<T, bool>> OfTicket<T>(Expression<Func<Ticket, bool>> test, Expression<Func<T, long>> id, Expression<Func<T, Ticket>> ticket)
    {
        var asked = test.Parameters[0];
        var parameter = ticket.Parameters[0];
        var byId = new TicketIds(asked, new Replacement(id.Parameters[0], parameter).Visit(id.Body)!).Visit(test.Body);
        return Expression.Lambda<Func<T, bool>>(new Replacement(asked, ticket.Body).Visit(byId)!, parameter);
    }

    /// <summary>Whether a test of a ticket needs no more of it than its id.</summary>
    public static bool AsksIdAlone(Expression<Func<Ticket, bool>> test)
    {
        var rest = new TicketIds(test.Parameters[0], Expression.Constant(0L)).Visit(test.Body);
        var search = new Search(test.Parameters[0]);
        search.Visit(rest);
        return !search.IsFound;
    }

    /// <summary>A value as a lambda captures it: a parameter of the query.</summary>
    public static Expression Captured(object? value, Type type) =>
        Expression.Property(Expression.Constant(Activator.CreateInstance(typeof(Capture<>).MakeGenericType(type), value)), nameof(Capture<>.Value));

    /// <summary>One column after the other: of a row's ticket its status.</summary>
    public static LambdaExpression Then(LambdaExpression first, LambdaExpression second) =>
        Expression.Lambda(new Replacement(second.Parameters[0], first.Body).Visit(second.Body)!, first.Parameters);

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

    private sealed class Capture<T>(T value)
    {
        public T Value { get; } = value;
    }

    private sealed class TicketIds(ParameterExpression ticket, Expression id) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            node.Expression == ticket && node.Member.Name is nameof(Ticket.Id) ? id : base.VisitMember(node);
    }

    private sealed class Search(Expression sought) : ExpressionVisitor
    {
        public bool IsFound { get; private set; }

        public override Expression? Visit(Expression? node)
        {
            IsFound |= node == sought;
            return base.Visit(node);
        }
    }

    private sealed class Replacement(Expression replaced, Expression by) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == replaced ? by : base.Visit(node);
    }
}

using System.Linq.Expressions;

namespace KustomerAdmin.Filters;

/// <summary>What a condition asks of a column, whatever table it is in.</summary>
internal static class ColumnTest
{
    /// <typeparam name="T">The column's entity.</typeparam>
    public static Expression<Func<T, bool>> Of<T>(FilterCondition condition, LambdaExpression column, ViewerTime viewer)
    {
        var type = Nullable.GetUnderlyingType(column.Body.Type) ?? column.Body.Type;
        var isNullable = type != column.Body.Type || !type.IsValueType;
        var hasValue = isNullable ? Expression.Lambda<Func<T, bool>>(Expression.NotEqual(column.Body, Expression.Constant(null, column.Body.Type)), column.Parameters) : null;
        if (condition.Operator is FilterOperator.IsNotEmpty)
        {
            return hasValue ?? (static row => true);
        }

        var test = Predicate.Of<T>(
            column,
            type == typeof(string) ? ValueTest.Text(condition)
            : type == typeof(double) ? ValueTest.Number(condition)
            : type == typeof(int) ? ValueTest.Integer(condition)
            : type == typeof(bool) ? ValueTest.Truth(condition)
            : type == typeof(long) ? ValueTest.Key(condition)
            : ValueTest.Date(condition, viewer));

        // Said beside the test, or an index that leaves out rows without a value is not used.
        return hasValue is null ? test : Predicate.And([hasValue, test]);
    }
}

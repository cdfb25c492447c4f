using KustomerAdmin.Filters;

namespace KustomerAdmin.Tickets.Filtering;

/// <summary>What an operator wants to be told.</summary>
public enum ValueShape
{
    None,
    One,
    Two,
    Several,
    Rolling,
}

/// <summary>What the builder begins a condition with, and what its operators want.</summary>
internal static class OperatorChoices
{
    public const string DefaultPeriod = "7 days";

    public static FilterOperator DefaultOf(FilterFieldType type) => FilterOperators.For(type)[0];

    public static IReadOnlyList<string> DefaultValuesOf(FilterFieldType type) => type switch
    {
        FilterFieldType.Date => [DefaultPeriod],
        FilterFieldType.YesNo => ["true"],
        FilterFieldType.Text or FilterFieldType.Number or FilterFieldType.List or FilterFieldType.Choice => [],
    };

    /// <summary>A date is one day, except where an address asks for several.</summary>
    public static ValueShape ShapeOf(DraftCondition condition, FilterFieldType type) =>
        ShapeOf(condition.Operator, type) is ValueShape.One && condition.Values.Count > 1 ? ValueShape.Several : ShapeOf(condition.Operator, type);

    public static ValueShape ShapeOf(FilterOperator asked, FilterFieldType type) => asked switch
    {
        FilterOperator.IsEmpty or FilterOperator.IsNotEmpty => ValueShape.None,
        FilterOperator.Between => ValueShape.Two,
        FilterOperator.InTheLast or FilterOperator.NotInTheLast or FilterOperator.InTheNext => ValueShape.Rolling,
        FilterOperator.AnyOf or FilterOperator.AllOf or FilterOperator.NoneOf => ValueShape.Several,
        FilterOperator.Is or FilterOperator.IsNot => type is FilterFieldType.Date or FilterFieldType.YesNo ? ValueShape.One : ValueShape.Several,
        FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.LessThan or FilterOperator.AtMost or FilterOperator.MoreThan or FilterOperator.AtLeast => ValueShape.One,
    };
}

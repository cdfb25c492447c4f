namespace KustomerAdmin.Filters;

/// <summary>What can be asked of a field, and how many values it takes.</summary>
public static class FilterOperators
{
    private static readonly FilterOperator[] s_text = [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.Contains, FilterOperator.StartsWith, FilterOperator.IsEmpty, FilterOperator.IsNotEmpty];

    private static readonly FilterOperator[] s_number =
    [
        FilterOperator.Is, FilterOperator.IsNot, FilterOperator.LessThan, FilterOperator.AtMost, FilterOperator.MoreThan, FilterOperator.AtLeast, FilterOperator.Between,
        FilterOperator.IsEmpty, FilterOperator.IsNotEmpty,
    ];

    private static readonly FilterOperator[] s_date = [FilterOperator.InTheLast, FilterOperator.NotInTheLast, FilterOperator.InTheNext, .. s_number];

    private static readonly FilterOperator[] s_one = [FilterOperator.Is, FilterOperator.IsNot, FilterOperator.IsEmpty, FilterOperator.IsNotEmpty];

    private static readonly FilterOperator[] s_list = [FilterOperator.AnyOf, FilterOperator.AllOf, FilterOperator.NoneOf, FilterOperator.IsEmpty, FilterOperator.IsNotEmpty];

    /// <summary>In the order in which a chooser offers them.</summary>
    public static IReadOnlyList<FilterOperator> For(FilterFieldType type) => type switch
    {
        FilterFieldType.Text => s_text,
        FilterFieldType.Number => s_number,
        FilterFieldType.Date => s_date,
        FilterFieldType.YesNo => s_one,
        FilterFieldType.Choice => s_one,
        FilterFieldType.List => s_list,
    };

    public static (int Fewest, int Most) ValuesOf(FilterOperator value) => value switch
    {
        FilterOperator.IsEmpty or FilterOperator.IsNotEmpty => (0, 0),
        FilterOperator.Between => (2, 2),
        FilterOperator.Is or FilterOperator.IsNot or FilterOperator.AnyOf or FilterOperator.AllOf or FilterOperator.NoneOf => (1, FilterText.MostValues),
        FilterOperator.Contains or FilterOperator.StartsWith or FilterOperator.LessThan or FilterOperator.AtMost or FilterOperator.MoreThan or FilterOperator.AtLeast
            or FilterOperator.InTheLast or FilterOperator.NotInTheLast or FilterOperator.InTheNext => (1, 1),
    };

    /// <summary>A list is asked by the words of lists, everything else by <em>is</em>; either is understood.</summary>
    internal static FilterCondition Normal(FilterCondition condition, FilterFieldType type) => (type is FilterFieldType.List, condition.Operator) switch
    {
        (true, FilterOperator.Is) => condition with { Operator = FilterOperator.AnyOf },
        (true, FilterOperator.IsNot) => condition with { Operator = FilterOperator.NoneOf },
        (false, FilterOperator.AnyOf) => condition with { Operator = FilterOperator.Is },
        (false, FilterOperator.NoneOf) => condition with { Operator = FilterOperator.IsNot },
        _ => condition,
    };
}

namespace KustomerAdmin.Filters;

/// <summary>Asks the statistics of one field or column how many tickets meet a condition.</summary>
internal static class SpreadEstimate
{
    /// <param name="condition">One that is not a negation.</param>
    public static double Of(FilterCondition condition, FilterFieldType type, FieldSpread spread, ViewerTime viewer)
    {
        if (condition.Operator is FilterOperator.IsNotEmpty)
        {
            return spread.Tickets;
        }

        var values = condition.Values.Where(value => FilterValue.Fits(type, condition.Operator, value)).ToList();
        if (values.Count == 0)
        {
            return 0;
        }

        return (type, condition.Operator) switch
        {
            (FilterFieldType.Date, _) => DateRange.Of(condition with { Values = values }, viewer).Sum(range => spread.EstimateRange(range.From?.UtcTicks, range.To?.UtcTicks)),
            (_, FilterOperator.Contains or FilterOperator.StartsWith) => spread.EstimateContains(values[0], condition.Operator is FilterOperator.StartsWith),
            (_, FilterOperator.LessThan or FilterOperator.AtMost) => spread.EstimateRange(null, FilterValue.Number(values[0])),
            (_, FilterOperator.MoreThan or FilterOperator.AtLeast) => spread.EstimateRange(FilterValue.Number(values[0]), null),
            (_, FilterOperator.Between) => spread.EstimateRange(FilterValue.Number(values[0]), FilterValue.Number(values[^1])),
            _ => values.Sum(value => spread.EstimateIs(KeyOf(type, value))),
        };
    }

    private static string KeyOf(FilterFieldType type, string value) =>
        type is FilterFieldType.YesNo ? FieldSpread.KeyOf(FilterValue.Truth(value) is true ? 1 : 0)
        : FilterValue.Number(value) is { } number && type is FilterFieldType.Number ? FieldSpread.KeyOf(number)
        : value;
}

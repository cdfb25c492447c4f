using KustomerAdmin.Filters;

namespace KustomerAdmin.Tickets.Filtering;

/// <summary>Looks into a filter and takes parts out of it.</summary>
internal static class FilterTree
{
    public static IEnumerable<FilterCondition> Conditions(FilterNode node) => node switch
    {
        FilterGroup group => group.Parts.SelectMany(Conditions),
        FilterCondition condition => [condition],
        _ => [],
    };

    /// <summary>Without the part at <paramref name="path"/> (its place in its group, from the root on), and without a group that it leaves empty.</summary>
    public static FilterGroup Without(FilterGroup group, ReadOnlySpan<int> path)
    {
        var parts = group.Parts.ToList();
        if (path.Length > 1 && parts[path[0]] is FilterGroup inner && Without(inner, path[1..]) is { IsEmpty: false } rest)
        {
            parts[path[0]] = rest is { Parts: [var only] } ? only : rest;
        }
        else
        {
            parts.RemoveAt(path[0]);
        }

        return parts is [FilterGroup whole] ? whole : group with { Parts = parts };
    }

    /// <summary>The one value that the filter as a whole asks of the field: what a quick filter shows.</summary>
    public static string? QuickValue(FilterGroup filter, FilterField field) =>
        QuickConditions(filter, field.Key).ToList() is [{ Values: [var value] } condition] && FilterOperators.Normal(condition, field.Type).Operator == OperatorOf(field) ? value : null;

    /// <summary>Whether the filter asks something of the field that a quick filter cannot show.</summary>
    public static bool IsMoreThanQuick(FilterGroup filter, FilterField field) =>
        QuickValue(filter, field) is null && Conditions(filter).Any(condition => string.Equals(condition.Field, field.Key, StringComparison.Ordinal));

    /// <summary>With the value in the place of what was asked of the field as a whole; null asks nothing.</summary>
    public static FilterGroup WithQuick(FilterGroup filter, FilterField field, string? value)
    {
        List<FilterNode> parts = IsWhole(filter) ? [.. filter.Parts] : [filter];
        var old = QuickConditions(filter, field.Key).ToList();
        if (old.Count == 0 && value is null)
        {
            return filter;
        }

        var place = old.Count > 0 ? parts.IndexOf(old[0]) : parts.Count;
        parts.RemoveAll(old.Contains);
        if (value is not null)
        {
            parts.Insert(place, new FilterCondition(field.Key, OperatorOf(field), [value]));
        }

        return new FilterGroup(false, parts);
    }

    private static FilterOperator OperatorOf(FilterField field) => field.Type switch
    {
        FilterFieldType.Text => FilterOperator.Contains,
        FilterFieldType.List => FilterOperator.AnyOf,
        FilterFieldType.Choice or FilterFieldType.Number or FilterFieldType.Date or FilterFieldType.YesNo => FilterOperator.Is,
    };

    /// <summary>Whether each part must hold: one of several that may be missing is not asked of the list as a whole.</summary>
    private static bool IsWhole(FilterGroup filter) => !filter.IsAny || filter.Parts.Count < 2;

    private static IEnumerable<FilterCondition> QuickConditions(FilterGroup filter, string field) =>
        (IsWhole(filter) ? filter.Parts : []).OfType<FilterCondition>().Where(condition => string.Equals(condition.Field, field, StringComparison.Ordinal));
}

using System.Globalization;

namespace KustomerAdmin.Filters;

/// <summary>A piece of the sentence; one that is struck out says why.</summary>
public sealed record FilterSegment(string Text, bool IsStruck = false, string? Why = null);

/// <summary>A filter in words: <c>Status is open and (Channel is any of email, chat or Messages is more than 10)</c>.</summary>
public static class FilterSentence
{
    /// <returns>Nothing for a filter without conditions.</returns>
    public static IReadOnlyList<FilterSegment> Of(FilterGroup filter, IReadOnlyList<FilterField> fields, FilterNames names)
    {
        List<FilterSegment> segments = [];
        var byKey = fields.ToDictionary(field => field.Key, StringComparer.Ordinal);
        Write(filter, isInside: false);
        return segments;

        void Write(FilterNode node, bool isInside)
        {
            switch (node)
            {
                case FilterCondition condition:
                    var field = byKey.GetValueOrDefault(condition.Field);
                    var problem = FilterProblem.Of(condition, field);
                    segments.Add(new FilterSegment(Words(condition, field, names), problem is not null, problem?.Text));
                    break;
                case FilterGroup group:
                    var parts = group.Parts.Where(HasConditions).ToList();
                    var isBracketed = isInside && parts.Count > 1;
                    Add(isBracketed ? "(" : "");
                    for (var place = 0; place < parts.Count; place++)
                    {
                        Add(place == 0 ? "" : group.IsAny ? " or " : " and ");
                        Write(parts[place], isInside: isInside || parts.Count > 1);
                    }

                    Add(isBracketed ? ")" : "");
                    break;
            }
        }

        void Add(string text)
        {
            if (text.Length > 0)
            {
                segments.Add(new FilterSegment(text));
            }
        }
    }

    private static bool HasConditions(FilterNode node) => node is not FilterGroup group || group.Parts.Any(HasConditions);

    /// <summary>What an operator is called between a field of a type and its values.</summary>
    public static string NameOf(FilterOperator asked, FilterFieldType type) => (asked, type) switch
    {
        (FilterOperator.Is, _) => "is",
        (FilterOperator.IsNot, _) => "is not",
        (FilterOperator.Contains, _) => "contains",
        (FilterOperator.StartsWith, _) => "starts with",
        (FilterOperator.IsEmpty, _) => "is empty",
        (FilterOperator.IsNotEmpty, _) => "is not empty",
        (FilterOperator.AnyOf, _) => "is any of",
        (FilterOperator.AllOf, _) => "is all of",
        (FilterOperator.NoneOf, _) => "is none of",
        (FilterOperator.LessThan, FilterFieldType.Date) => "is before",
        (FilterOperator.LessThan, _) => "is less than",
        (FilterOperator.AtMost, FilterFieldType.Date) => "is on or before",
        (FilterOperator.AtMost, _) => "is at most",
        (FilterOperator.MoreThan, FilterFieldType.Date) => "is after",
        (FilterOperator.MoreThan, _) => "is more than",
        (FilterOperator.AtLeast, FilterFieldType.Date) => "is on or after",
        (FilterOperator.AtLeast, _) => "is at least",
        (FilterOperator.Between, _) => "is between",
        (FilterOperator.InTheLast, _) => "is in the last",
        (FilterOperator.NotInTheLast, _) => "is longer ago than the last",
        (FilterOperator.InTheNext, _) => "is in the next",
    };

    private static string Words(FilterCondition condition, FilterField? field, FilterNames names)
    {
        var type = field?.Type ?? FilterFieldType.Text;
        var values = string.Join(condition.Operator is FilterOperator.Between ? " and " : ", ", condition.Values.Select(value => Value(condition.Field, type, value, names)));
        var name = field?.NameWithUnit ?? condition.Field;
        return values.Length == 0 ? $"{name} {NameOf(condition.Operator, type)}" : $"{name} {NameOf(condition.Operator, type)} {values}";
    }

    private static string Value(string field, FilterFieldType type, string value, FilterNames names) => type switch
    {
        FilterFieldType.YesNo when FilterValue.Truth(value) is { } truth => truth ? "yes" : "no",
        FilterFieldType.Number when FilterValue.Number(value) is { } number => number.ToString("#,0.######", CultureInfo.InvariantCulture),
        FilterFieldType.Date when RollingPeriod.Read(value) is { } period => period.ToString(),
        FilterFieldType.Date => value.Replace('T', ' '),
        _ => names.LabelOf(field, value),
    };
}

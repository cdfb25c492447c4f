using System.Text;

namespace KustomerAdmin.Filters;

/// <summary>
/// A filter as it stands in addresses and saved filters: <c>status:is:open,snoozed;or(channel:anyOf:email;custom.orderValueNum:moreThan:100)</c>.
/// Parts are joined with <c>;</c>, AND unless they stand in <c>or(…)</c>. A tilde takes the meaning from the sign after it, wherever a name or value has one
/// of <c>~ ; : , ( )</c>; none of these is changed by an address, so what is readable here is readable there.
/// </summary>
public static class FilterText
{
    /// <summary>Brackets within brackets.</summary>
    public const int MostLevels = 5;
    public const int MostConditions = 50;
    public const int MostValues = 50;
    public const int LongestValue = 500;
    internal const int LongestField = 200;
    internal const char Escape = '~';
    internal const string Signs = "~;:,()";

    /// <summary>A colon means nothing in a value; times keep theirs.</summary>
    internal const string SignsInValues = "~;,()";

    public static string Format(FilterGroup filter)
    {
        var text = new StringBuilder();

        // The root's own brackets are left out, except where they would be taken for its only part's.
        if (filter.IsAny || filter.Parts is [FilterGroup])
        {
            Write(text, filter);
        }
        else
        {
            WriteParts(text, filter);
        }

        return text.ToString();
    }

    /// <summary>Never throws. What cannot be understood, or is more than a filter may have, is left out.</summary>
    public static FilterGroup Parse(string? text) => string.IsNullOrEmpty(text) ? FilterGroup.Everything : new FilterReader(text).Read();

    internal static string NameOf(FilterOperator value) => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..];

    private static void Write(StringBuilder text, FilterNode node)
    {
        switch (node)
        {
            case FilterGroup group:
                text.Append(group.IsAny ? "or(" : "and(");
                WriteParts(text, group);
                text.Append(')');
                break;
            case FilterCondition condition:
                WriteEscaped(text, condition.Field, Signs);
                text.Append(':').Append(NameOf(condition.Operator));
                for (var place = 0; place < condition.Values.Count; place++)
                {
                    text.Append(place == 0 ? ':' : ',');
                    WriteEscaped(text, condition.Values[place], SignsInValues);
                }

                break;
        }
    }

    private static void WriteParts(StringBuilder text, FilterGroup group)
    {
        for (var place = 0; place < group.Parts.Count; place++)
        {
            if (place > 0)
            {
                text.Append(';');
            }

            Write(text, group.Parts[place]);
        }
    }

    private static void WriteEscaped(StringBuilder text, string value, string signs)
    {
        foreach (var sign in value)
        {
            if (signs.Contains(sign, StringComparison.Ordinal))
            {
                text.Append(Escape);
            }

            text.Append(sign);
        }
    }
}

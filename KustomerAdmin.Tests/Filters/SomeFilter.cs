using FsCheck;
using FsCheck.Fluent;
using KustomerAdmin.Filters;

namespace KustomerAdmin.Tests.Filters;

/// <summary>Trees of conditions that nobody would write by hand, for what has to hold of any.</summary>
internal static class SomeFilter
{
    private static readonly Gen<string> s_words = Gen.OneOf(
        Gen.Elements("", "open", "a b", "50% off", "a&b=c", "a+b", "#1", "?", "ü😀", "%_[]*\\", "<b>", "'; DROP TABLE", "~", "~~", "a~b", ";", ":", ",", "()", "or(", ")", "and(x;y)", "a%2fb", "https://x.example/?q=1#y", "\u0000\n\t", "7 days"),
        Gen.Choose(0, 8).SelectMany(length => Gen.Elements("~;:,()or and\"\\/%é🙂".EnumerateRunes().Select(static rune => rune.ToString()).ToArray()).ListOf(length)).Select(string.Concat));

    private static readonly Gen<FilterCondition> s_conditions =
        from field in s_words
        from asked in Gen.Elements(Enum.GetValues<FilterOperator>())
        from count in Gen.Choose(0, 3)
        from values in s_words.ListOf(count)
        select new FilterCondition(field.Length == 0 ? "custom.x" : field, asked, [.. values]);

    public static readonly Gen<FilterGroup> Trees = Group(FilterText.MostLevels).Where(static tree => Conditions(tree) <= FilterText.MostConditions);

    public static int Conditions(FilterNode node) => node is FilterGroup branch ? branch.Parts.Sum(Conditions) : 1;

    private static Gen<FilterGroup> Group(int levels) =>
        from isAny in Gen.Elements(true, false)
        from count in Gen.Choose(0, 3)
        from parts in Part(levels).ListOf(count)
        select new FilterGroup(isAny, [.. parts]);

    private static Gen<FilterNode> Part(int levels)
    {
        var leaf = s_conditions.Select(static condition => (FilterNode)condition);
        return levels == 1 ? leaf : Gen.Frequency((2, leaf), (1, Group(levels - 1).Select(static branch => (FilterNode)branch)));
    }
}

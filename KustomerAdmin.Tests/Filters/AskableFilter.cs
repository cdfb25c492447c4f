using FsCheck;
using FsCheck.Fluent;
using KustomerAdmin.Filters;

namespace KustomerAdmin.Tests.Filters;

/// <summary>Filters that <see cref="FilterWorld"/> can be asked: every field with every operator of its type and values that are there, nearly there, or not.</summary>
internal static class AskableFilter
{
    private static readonly string[] s_numbers = ["0", "-0.5", "1", "2", "2.5", "3", "5", "5.000001", "1e9", "-3", "-1e300", "99999999999"];
    private static readonly string[] s_dates = ["2026-10-24", "2026-10-25", "2026-10-26", "2026-10-27", "2026-10-28", "2026-10-21", "2025-01-01", "1999-12-31", "2026-10-28T00:00", "2026-10-25T00:00", "2026-10-27T23:30", "2026-10-27T23:30:00", "2026-10-25T23:59:59"];
    private static readonly string[] s_periods = ["1 day", "2 days", "3 days", "7 days", "1 week", "2 weeks", "1 month", "24 months"];
    private static readonly string[] s_choices = ["open", "done", "Open", "in", "out", "1", "2", "3", "nobody"];
    private static readonly string[] s_items = ["email", "Email", "chat", "odd'channel", "tag-a", "tag-b", "tag-c", "nothing"];
    private static readonly string[] s_texts = [.. FilterWorld.Texts.Where(static text => text.Length <= FilterText.LongestValue), "old", "OLD", "%", "_", "[", "\\", "ü", "y", "end", "nowhere", "0", new('y', 390), "000000000000000000000005"];

    public static readonly string[] Keys =
    [
        "subject", "status", "priority", "direction", "messageCount", "noteCount", "createdAt", "updatedAt", "lastActivityAt", "instance", "id", "channel", "tag", "customerConversations",
        "phase", "sla.status", "endedAt", "spam", "locale", "firstResponse.time", "satisfaction", FilterWorld.Text, FilterWorld.Mixed, FilterWorld.Number, FilterWorld.Date, FilterWorld.Truth,
    ];

    public static Gen<FilterCondition> Conditions(IReadOnlyDictionary<string, FieldSource> sources) =>
        from key in Gen.Elements(Keys)
        from asked in Gen.Elements(FilterOperators.For(sources[key].Field.Type).ToArray())
        from condition in Condition(key, asked, sources[key].Field.Type)
        select condition;

    public static Gen<FilterCondition> Condition(string key, FilterOperator asked, FilterFieldType type)
    {
        var (fewest, most) = FilterOperators.ValuesOf(asked);
        return
            from count in Gen.Choose(fewest, Math.Min(most, 3))
            from values in Gen.Elements(ValuesOf(type, asked)).ListOf(count)
            select new FilterCondition(key, asked, [.. values]);
    }

    public static Gen<FilterGroup> Trees(IReadOnlyDictionary<string, FieldSource> sources, int levels = 3) =>
        from isAny in Gen.Elements(true, false)
        from count in Gen.Choose(1, 3)
        from parts in Part(sources, levels).ListOf(count)
        select new FilterGroup(isAny, [.. parts]);

    private static Gen<FilterNode> Part(IReadOnlyDictionary<string, FieldSource> sources, int levels)
    {
        var leaf = Conditions(sources).Select(static condition => (FilterNode)condition);
        return levels == 1 ? leaf : Gen.Frequency((3, leaf), (1, Trees(sources, levels - 1).Select(static branch => (FilterNode)branch)));
    }

    private static string[] ValuesOf(FilterFieldType type, FilterOperator asked) => type switch
    {
        FilterFieldType.Text => s_texts,
        FilterFieldType.Number => s_numbers,
        FilterFieldType.Date => asked is FilterOperator.InTheLast or FilterOperator.NotInTheLast or FilterOperator.InTheNext ? s_periods : s_dates,
        FilterFieldType.YesNo => ["true", "false"],
        FilterFieldType.Choice => s_choices,
        FilterFieldType.List => s_items,
    };
}

using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tickets.Exporting;

/// <summary>What is exported, and for whom the times are written.</summary>
internal sealed record ExportOrder(TicketQuery Query, ViewerTime Viewer, IReadOnlyList<ExportColumn> Columns)
{
    /// <summary>By the viewer's clock; nothing of a ticket or a filter is part of it.</summary>
    public string FileName => $"tickets-{TimeZoneInfo.ConvertTime(Viewer.Now, Viewer.Zone).ToString("yyyy-MM-dd-HHmm", System.Globalization.CultureInfo.InvariantCulture)}.csv";

    /// <summary>For the audit log: which fields are exported and which are asked for how, and no value, which may be somebody's name.</summary>
    public string Describe() =>
        $"Filter: {(Query.Filter.IsEmpty ? "none" : Shape(Query.Filter))}. Sorted by {Query.SortKey}{(Query.IsAscending ? "" : ", last first")}."
        + (Query.Sample is { } sample ? $" A sample of {sample.Count}." : "")
        + $" Columns: {string.Join(", ", Columns.Select(column => column.Key))}.";

    private static string Shape(FilterNode node) => node switch
    {
        FilterCondition condition => $"{condition.Field} {FilterSentence.NameOf(condition.Operator, FilterFieldType.Text)}",
        FilterGroup group => string.Join(group.IsAny ? " or " : " and ", group.Parts.Select(part => part is FilterGroup ? $"({Shape(part)})" : Shape(part))),
        _ => "",
    };
}

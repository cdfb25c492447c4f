namespace KustomerAdmin.Filters;

/// <summary>Moments from one, included, to another, excluded; null is without an end.</summary>
internal readonly record struct DateRange(DateTimeOffset? From, DateTimeOffset? To)
{
    /// <summary>What a condition on a date asks, at this moment and place; several of several days.</summary>
    public static IReadOnlyList<DateRange> Of(FilterCondition condition, ViewerTime viewer)
    {
        var today = viewer.Today;
        if (condition.Operator is FilterOperator.InTheLast or FilterOperator.NotInTheLast or FilterOperator.InTheNext)
        {
            var period = RollingPeriod.Read(condition.Values[0])!.Value;
            return condition.Operator switch
            {
                FilterOperator.InTheLast => [new(viewer.StartOf(period.FirstDay(today)), viewer.StartOf(today.AddDays(1)))],
                FilterOperator.NotInTheLast => [new(null, viewer.StartOf(period.FirstDay(today)))],
                _ => [new(viewer.StartOf(today), viewer.StartOf(period.DayAfter(today)))],
            };
        }

        var spans = condition.Values.Select(value => DateSpan.Read(value, viewer)!.Value).ToList();
        return condition.Operator switch
        {
            FilterOperator.LessThan => [new(null, spans[0].From)],
            FilterOperator.AtMost => [new(null, spans[0].To)],
            FilterOperator.MoreThan => [new(spans[0].To, null)],
            FilterOperator.AtLeast => [new(spans[0].From, null)],
            FilterOperator.Between => [new(spans[0].From, spans[1].To)],
            _ => [.. spans.Select(static span => new DateRange(span.From, span.To))],
        };
    }
}

using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync.Statistics;

/// <summary>Measures how values are spread, value by value in their order: an index gives them so, and nothing is gathered but the result.</summary>
internal static class ValueMeasure
{
    private const int MostTopValues = 100;
    private const int Ranges = 32;

    public static Task<Measured> OfTextsAsync(IQueryable<string?> values, CancellationToken cancellationToken) =>
        MeasureAsync(values, static text => text!, position: null, cancellationToken);

    /// <summary>Numbers, and yes/no as 1/0.</summary>
    public static Task<Measured> OfNumbersAsync(IQueryable<double?> values, CancellationToken cancellationToken) =>
        MeasureAsync(values, static number => FieldSpread.KeyOf(number!.Value), static number => number!.Value, cancellationToken);

    public static Task<Measured> OfWholeNumbersAsync(IQueryable<int?> values, CancellationToken cancellationToken) =>
        MeasureAsync(values, static number => FieldSpread.KeyOf(number!.Value), static number => number!.Value, cancellationToken);

    public static Task<Measured> OfTruthsAsync(IQueryable<bool?> values, CancellationToken cancellationToken) =>
        MeasureAsync(values, static truth => truth is true ? "1" : "0", position: null, cancellationToken);

    public static Task<Measured> OfDatesAsync(IQueryable<DateTimeOffset?> values, CancellationToken cancellationToken) =>
        MeasureAsync(values, key: null, static moment => moment!.Value.UtcTicks, cancellationToken);

    /// <param name="key">How a value is written among the top ones; null where single values say nothing.</param>
    /// <param name="position">Where a value lies in the histogram; null where there is none.</param>
    private static async Task<Measured> MeasureAsync<T>(IQueryable<T?> values, Func<T?, string>? key, Func<T?, double>? position, CancellationToken cancellationToken)
    {
        var present = values.Where(value => value != null);
        var tickets = await present.LongCountAsync(cancellationToken);
        PriorityQueue<ValueCount, long> top = new();
        List<double> bounds = [];
        var (seen, distinct, last) = (0L, 0L, 0d);
        await foreach (var group in present.GroupBy(value => value).Select(group => new { Value = group.Key, Tickets = group.LongCount() }).OrderBy(group => group.Value).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            distinct++;
            seen += group.Tickets;
            if (key is not null && (top.Count < MostTopValues || group.Tickets > top.Peek().Tickets))
            {
                top.Enqueue(new ValueCount(key(group.Value), group.Tickets), group.Tickets);
                if (top.Count > MostTopValues)
                {
                    top.Dequeue();
                }
            }

            // A value that fills several ranges bounds each of them.
            last = position?.Invoke(group.Value) ?? 0;
            while (bounds.Count <= Ranges && (bounds.Count == 0 || seen >= tickets * bounds.Count / Ranges))
            {
                bounds.Add(last);
            }
        }

        // Fewer may have come than were counted a moment before.
        while (bounds.Count is > 0 and <= Ranges)
        {
            bounds.Add(last);
        }

        return new Measured(tickets, distinct, key is null ? null : FieldSpread.WriteTopValues(Descending(top)), position is null ? null : FieldSpread.WriteBounds(bounds));
    }

    private static IEnumerable<ValueCount> Descending(PriorityQueue<ValueCount, long> rising) =>
        rising.UnorderedItems.Select(static item => item.Element).OrderByDescending(static value => value.Tickets);
}

internal sealed record Measured(long Tickets, long Distinct, string? TopValues, string? Histogram)
{
    public void WriteTo(ValueStatistics statistics, DateTimeOffset now) =>
        (statistics.Tickets, statistics.Distinct, statistics.TopValues, statistics.Histogram, statistics.MeasuredAt) = (Tickets, Distinct, TopValues, Histogram, now);
}

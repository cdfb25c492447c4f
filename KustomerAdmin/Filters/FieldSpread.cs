using System.Globalization;
using System.Text.Json;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Filters;

/// <summary>
/// How the values of one field are spread over its tickets, read from what <see cref="ValueStatistics"/> keep of it, and written for it.
/// <c>TopValues</c> is a list of pairs <c>[["gold",41237],["silver",9000]]</c>, most frequent first; <c>Histogram</c> the bounds of equally full ranges of
/// numbers or of moments (UTC ticks), lowest and highest included: <c>[0,12.5,40,1800]</c> for three ranges.
/// </summary>
public sealed class FieldSpread(long tickets, long distinct, IReadOnlyList<ValueCount> topValues, IReadOnlyList<double> bounds)
{
    /// <summary>Longer values are not among the top ones; they would crowd out what helps.</summary>
    public const int LongestValue = 100;

    /// <summary>What a word is taken to match where only counting would tell.</summary>
    private const double ContainsShare = 0.05;

    private readonly long _topTickets = topValues.Sum(static value => value.Tickets);

    /// <summary>Tickets that have a value.</summary>
    public long Tickets { get; } = tickets;

    /// <summary>Most frequent first.</summary>
    public IReadOnlyList<ValueCount> TopValues { get; } = topValues;

    public static FieldSpread Of(ValueStatistics statistics) => new(statistics.Tickets, statistics.Distinct, ReadTopValues(statistics.TopValues), ReadBounds(statistics.Histogram));

    /// <summary>As many of the values as the column holds.</summary>
    public static string WriteTopValues(IEnumerable<ValueCount> mostFrequentFirst)
    {
        List<string> pairs = [];
        var length = 2;
        foreach (var value in mostFrequentFirst.Where(static value => value.Value.Length <= LongestValue))
        {
            var pair = $"[{JsonSerializer.Serialize(value.Value)},{value.Tickets.ToString(CultureInfo.InvariantCulture)}]";
            if ((length += pair.Length + 1) > ValueStatistics.ValuesLength)
            {
                break;
            }

            pairs.Add(pair);
        }

        return $"[{string.Join(',', pairs)}]";
    }

    /// <param name="bounds">In rising order; a bound that stands several times is a value that fills whole ranges.</param>
    public static string WriteBounds(IReadOnlyCollection<double> bounds) => JsonSerializer.Serialize(bounds);

    /// <summary>A value of a number or a yes/no as statistics write it.</summary>
    public static string KeyOf(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Tickets with exactly this value, about.</summary>
    public double EstimateIs(string value)
    {
        foreach (var top in TopValues)
        {
            if (string.Equals(top.Value, value, StringComparison.Ordinal))
            {
                return top.Tickets;
            }
        }

        // The values that are not among the top ones share what is left; none of them has more than the last of those.
        var others = Math.Max(0, Tickets - _topTickets) / (double)Math.Max(1, distinct - TopValues.Count);
        return TopValues.Count > 0 ? Math.Min(others, TopValues[^1].Tickets) : others;
    }

    /// <summary>Tickets whose text has these words in it, about: known for the top values, guessed for the others.</summary>
    public double EstimateContains(string text, bool isStart)
    {
        var known = TopValues.Where(top => isStart ? top.Value.StartsWith(text, StringComparison.OrdinalIgnoreCase) : top.Value.Contains(text, StringComparison.OrdinalIgnoreCase)).Sum(static top => top.Tickets);
        return known + (Math.Max(0, Tickets - _topTickets) * ContainsShare);
    }

    /// <summary>Tickets whose number, or moment in UTC ticks, lies between these, about.</summary>
    public double EstimateRange(double? from, double? to)
    {
        if (bounds.Count < 2)
        {
            return TopValues.Count > 0 ? TopValues.Where(top => FilterValue.Number(top.Value) is { } number && !(number < from) && !(number > to)).Sum(static top => top.Tickets) : Tickets / 3d;
        }

        return Tickets * Math.Max(0, ShareBelow(to ?? double.PositiveInfinity) - ShareBelow(from ?? double.NegativeInfinity));
    }

    private double ShareBelow(double value)
    {
        var ranges = bounds.Count - 1;
        var full = 0;
        while (full < ranges && bounds[full + 1] <= value)
        {
            full++;
        }

        if (full == ranges || value <= bounds[full])
        {
            return full / (double)ranges;
        }

        return (full + ((value - bounds[full]) / (bounds[full + 1] - bounds[full]))) / ranges;
    }

    private static List<ValueCount> ReadTopValues(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(static pair => new ValueCount(pair[0].GetString()!, pair[1].GetInt64()))];
    }

    private static double[] ReadBounds(string? json) => json is null ? [] : JsonSerializer.Deserialize<double[]>(json)!;
}

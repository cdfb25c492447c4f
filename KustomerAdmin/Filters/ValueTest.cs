using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <summary>
/// What a condition asks of one value, by the type of the value. Values are captured, so that they become parameters and one compiled query serves them all.
/// Only what a value can answer with yes stands here; the negations are made of whole conditions, so that tickets without the field match them.
/// </summary>
internal static class ValueTest
{
    private const string Escape = "\\";

    /// <summary>By the database's own comparison: exact on SQLite, as its collation says on SQL Server. Parts of texts: letters of either case.</summary>
    public static Expression<Func<string?, bool>> Text(FilterCondition condition)
    {
        if (condition.Operator is FilterOperator.Contains or FilterOperator.StartsWith)
        {
            var pattern = Pattern(condition);
            return text => EF.Functions.Like(text!, pattern, Escape);
        }

        if (condition.Values is [var value])
        {
            return text => text == value;
        }

        var values = condition.Values.ToList();
        return text => values.Contains(text!);
    }

    public static Expression<Func<double?, bool>> Number(FilterCondition condition)
    {
        var values = condition.Values.Select(value => FilterValue.Number(value)!.Value).ToList();
        var (first, last) = (values[0], values[^1]);
        return condition.Operator switch
        {
            FilterOperator.LessThan => number => number < first,
            FilterOperator.AtMost => number => number <= first,
            FilterOperator.MoreThan => number => number > first,
            FilterOperator.AtLeast => number => number >= first,
            FilterOperator.Between => number => number >= first && number <= last,
            _ when values.Count == 1 => number => number == first,
            _ => number => values.Contains(number!.Value),
        };
    }

    /// <summary>The same of a whole number: asked in whole numbers, or no index could answer.</summary>
    public static Expression<Func<int?, bool>> Integer(FilterCondition condition)
    {
        var values = condition.Values.Select(value => FilterValue.Number(value)!.Value).ToList();
        if (condition.Operator is FilterOperator.Is)
        {
            var whole = values.Where(static value => value is >= int.MinValue and <= int.MaxValue && Math.Floor(value) == value).Select(static value => (int)value).ToList();
            return number => whole.Contains(number!.Value);
        }

        var (lowest, highest) = condition.Operator switch
        {
            FilterOperator.LessThan => (double.NegativeInfinity, Math.Ceiling(values[0]) - 1),
            FilterOperator.AtMost => (double.NegativeInfinity, Math.Floor(values[0])),
            FilterOperator.MoreThan => (Math.Floor(values[0]) + 1, double.PositiveInfinity),
            FilterOperator.AtLeast => (Math.Ceiling(values[0]), double.PositiveInfinity),
            _ => (Math.Ceiling(values[0]), Math.Floor(values[^1])),
        };
        if (lowest > int.MaxValue || highest < int.MinValue)
        {
            return number => false;
        }

        var (from, to) = ((int)Math.Max(lowest, int.MinValue), (int)Math.Min(highest, int.MaxValue));
        return number => number >= from && number <= to;
    }

    public static Expression<Func<bool?, bool>> Truth(FilterCondition condition)
    {
        var values = condition.Values.Select(FilterValue.Truth).ToList();
        return truth => values.Contains(truth);
    }

    public static Expression<Func<long?, bool>> Key(FilterCondition condition)
    {
        var ids = condition.Values.Select(value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1).ToList();
        return key => ids.Contains(key!.Value);
    }

    public static Expression<Func<DateTimeOffset?, bool>> Date(FilterCondition condition, ViewerTime viewer)
    {
        List<Expression<Func<DateTimeOffset?, bool>>> spans = [];
        foreach (var (from, to) in DateRange.Of(condition, viewer))
        {
            spans.Add((from, to) switch
            {
                (null, { } end) => moment => moment < end,
                ({ } begin, null) => moment => moment >= begin,
                ({ } begin, { } end) => moment => moment >= begin && moment < end,
                (null, null) => moment => moment != null,
            });
        }

        return Predicate.Or(spans);
    }

    /// <summary>The pattern of a part of a text, every sign of it meant as it stands.</summary>
    public static string Pattern(FilterCondition condition)
    {
        var text = condition.Values[0].Replace(Escape, @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal);
        return condition.Operator is FilterOperator.StartsWith ? text + "%" : "%" + text + "%";
    }
}

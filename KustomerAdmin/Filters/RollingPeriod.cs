using System.Globalization;

namespace KustomerAdmin.Filters;

/// <summary>A number of days, weeks or months that ends or begins with the viewer's today: <c>7 days</c>.</summary>
internal readonly record struct RollingPeriod(int Number, RollingUnit Unit)
{
    /// <summary>Some hundred years, so that no sum leaves the calendar.</summary>
    private const int Most = 3650;

    public static RollingPeriod? Read(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var number, var unit]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= Most
        && Enum.TryParse<RollingUnit>(unit.EndsWith('s') ? unit[..^1] : unit, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) && !char.IsDigit(unit[0])
            ? new RollingPeriod(count, parsed)
            : null;

    /// <summary>The first day of the period that ends with today.</summary>
    public DateOnly FirstDay(DateOnly today) => Unit switch
    {
        RollingUnit.Day => today.AddDays(1 - Number),
        RollingUnit.Week => today.AddDays(1 - (7 * Number)),
        RollingUnit.Month => today.AddMonths(-Number).AddDays(1),
    };

    /// <summary>The day after the period that begins with today.</summary>
    public DateOnly DayAfter(DateOnly today) => Unit switch
    {
        RollingUnit.Day => today.AddDays(Number),
        RollingUnit.Week => today.AddDays(7 * Number),
        RollingUnit.Month => today.AddMonths(Number),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Unit.ToString().ToLowerInvariant()}{(Number == 1 ? "" : "s")}");
}

internal enum RollingUnit
{
    Day,
    Week,
    Month,
}

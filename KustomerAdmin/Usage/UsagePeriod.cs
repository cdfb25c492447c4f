namespace KustomerAdmin.Usage;

public enum UsagePeriod
{
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>A period on the clock: equal steps, the last one still running.</summary>
/// <param name="From">Start of the first step.</param>
/// <param name="IsSingle">The single requests of the period are still kept; of a longer one only their counts by day.</param>
public sealed record UsageSpan(DateTimeOffset From, TimeSpan Step, int Steps, bool IsSingle)
{
    /// <param name="kept">How long single requests are kept: at least a day.</param>
    public static UsageSpan Of(UsagePeriod period, DateTimeOffset now, TimeSpan kept) => period switch
    {
        UsagePeriod.Hour => Ending(now, TimeSpan.FromMinutes(1), 60, isSingle: true),
        UsagePeriod.Day => Ending(now, TimeSpan.FromHours(1), 24, isSingle: true),
        UsagePeriod.Week => Ending(now, TimeSpan.FromDays(1), 7, isSingle: kept >= TimeSpan.FromDays(7)),
        UsagePeriod.Month => Ending(now, TimeSpan.FromDays(1), 30, isSingle: false),
        UsagePeriod.Year => Ending(now, TimeSpan.FromDays(7), 53, isSingle: false),
    };

    public static string NameOf(UsagePeriod period) => period switch
    {
        UsagePeriod.Hour => "Last hour",
        UsagePeriod.Day => "24 hours",
        UsagePeriod.Week => "7 days",
        UsagePeriod.Month => "30 days",
        UsagePeriod.Year => "1 year",
    };

    /// <summary>The counts by day say it all, and need no line of the ledger.</summary>
    public bool IsByDay => Step >= TimeSpan.FromDays(1);

    public bool IsInMinutes => Step == TimeSpan.FromMinutes(1);

    public string StepName => Step.TotalMinutes switch { 1 => "minute", 60 => "hour", 1440 => "day (UTC)", _ => "week (UTC)" };

    private static UsageSpan Ending(DateTimeOffset now, TimeSpan step, int steps, bool isSingle)
    {
        // Steps begin at the full minute, hour or day.
        var unit = step < TimeSpan.FromDays(1) ? step : TimeSpan.FromDays(1);
        var end = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % unit.Ticks) + unit.Ticks, TimeSpan.Zero);
        return new UsageSpan(end - (steps * step), step, steps, isSingle);
    }
}

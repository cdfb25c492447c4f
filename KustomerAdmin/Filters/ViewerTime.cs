namespace KustomerAdmin.Filters;

/// <summary>The moment and the place of the person who looks: what <em>today</em> and <em>the last 7 days</em> mean.</summary>
public sealed record ViewerTime(DateTimeOffset Now, TimeZoneInfo Zone)
{
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).DateTime);

    /// <summary>The first moment of a day. Where clocks jump over midnight it is the moment after the jump, where they strike it twice the first stroke.</summary>
    public DateTimeOffset StartOf(DateOnly day) => At(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>The moment at which a clock in the viewer's zone shows this.</summary>
    public DateTimeOffset At(DateTime shown)
    {
        while (Zone.IsInvalidTime(shown))
        {
            // Every jump of a clock ends at a quarter of an hour.
            shown = shown.Date.AddMinutes((Math.Floor(shown.TimeOfDay.TotalMinutes / 15) * 15) + 15);
        }

        var offset = Zone.IsAmbiguousTime(shown) ? Zone.GetAmbiguousTimeOffsets(shown).Max() : Zone.GetUtcOffset(shown);

        // The calendar's own ends have no moment in zones beside UTC.
        return shown.Ticks < offset.Ticks ? DateTimeOffset.MinValue
            : shown.Ticks - offset.Ticks > DateTime.MaxValue.Ticks ? DateTimeOffset.MaxValue
            : new DateTimeOffset(shown, offset).ToUniversalTime();
    }
}

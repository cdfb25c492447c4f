using System.Globalization;

namespace KustomerAdmin.Controls;

public static class TimeText
{
    /// <summary>"3 min ago", "in 2 h"; further away than a week the date.</summary>
    public static string Relative(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var distance = (now - at).Duration();
        var amount = distance switch
        {
            { TotalSeconds: < 45 } => null,
            { TotalMinutes: < 59.5 } => $"{Math.Max(1, Math.Round(distance.TotalMinutes, MidpointRounding.AwayFromZero))} min",
            { TotalHours: < 23.5 } => $"{Math.Round(distance.TotalHours, MidpointRounding.AwayFromZero)} h",
            { TotalDays: < 1.5 } => "1 day",
            { TotalDays: < 7 } => $"{Math.Round(distance.TotalDays, MidpointRounding.AwayFromZero)} days",
            _ => "",
        };
        return amount switch
        {
            null => at <= now ? "just now" : "in a moment",
            "" => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture),
            _ => at <= now ? $"{amount} ago" : $"in {amount}",
        };
    }

    /// <summary>"3 h ago, 14:03"; further away than a week the date and the time of day.</summary>
    public static string RelativeWithClock(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone) =>
        (now - at).Duration().TotalDays < 7
            ? $"{Relative(at, now, zone)}, {TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture)}"
            : DateAndTime(at, zone);

    /// <summary>"14:03"; of another day than today with the date.</summary>
    public static string Clock(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).Date == TimeZoneInfo.ConvertTime(now, zone).Date
            ? TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm", CultureInfo.InvariantCulture)
            : DateAndTime(at, zone);

    /// <summary>"58 s", "3 min 20 s", "2 h 5 min".</summary>
    public static string Duration(TimeSpan duration) =>
        duration.TotalSeconds < 1 ? "under 1 s"
        : duration.TotalMinutes < 1 ? $"{(int)duration.TotalSeconds} s"
        : duration.TotalHours < 1 ? $"{(int)duration.TotalMinutes} min {duration.Seconds} s"
        : duration.TotalDays < 2 ? $"{(int)duration.TotalHours} h {duration.Minutes} min"
        : $"{(int)duration.TotalDays} days {duration.Hours} h";

    /// <summary>"12 Mar 2026, 14:03".</summary>
    public static string DateAndTime(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"12 Mar 2026, 14:03:22 (Europe/Berlin)".</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + $" ({zone.Id})";
}

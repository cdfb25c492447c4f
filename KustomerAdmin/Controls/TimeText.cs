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

    /// <summary>"12 Mar 2026, 14:03".</summary>
    public static string DateAndTime(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>"12 Mar 2026, 14:03:22 (Europe/Berlin)".</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + $" ({zone.Id})";
}

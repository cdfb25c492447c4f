using System.Globalization;

namespace KustomerAdmin.Filters;

/// <summary>The moments that a written date means, from the first one to the one after the last: a day is all of that day, 14:30 is that minute.</summary>
internal readonly record struct DateSpan(DateTimeOffset From, DateTimeOffset To)
{
    private const DateTimeStyles Styles = DateTimeStyles.None;
    private static readonly (string Format, TimeSpan Length)[] s_times =
    [
        ("yyyy-MM-dd'T'HH:mm", TimeSpan.FromMinutes(1)),
        ("yyyy-MM-dd'T'HH:mm:ss", TimeSpan.FromSeconds(1)),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", TimeSpan.FromTicks(1)),
    ];

    /// <summary>A day, or a time with or without its offset from UTC; without one it is the viewer's.</summary>
    public static DateSpan? Read(string text, ViewerTime viewer)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Styles, out var day))
        {
            return new DateSpan(viewer.StartOf(day), day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : viewer.StartOf(day.AddDays(1)));
        }

        foreach (var (format, length) in s_times)
        {
            if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Styles, out var shown))
            {
                return Of(viewer.At(shown), length);
            }

            if (DateTimeOffset.TryParseExact(text, format + "K", CultureInfo.InvariantCulture, Styles, out var moment))
            {
                return Of(moment.ToUniversalTime(), length);
            }
        }

        return null;
    }

    private static DateSpan Of(DateTimeOffset from, TimeSpan length) => new(from, from > DateTimeOffset.MaxValue - length ? DateTimeOffset.MaxValue : from + length);
}

using System.Globalization;

namespace KustomerAdmin.Integrations;

/// <summary>How far back tickets are synced. Null is all that Kustomer's search holds.</summary>
internal static class SyncStart
{
    /// <summary>What Kustomer's search holds; older tickets are in its archive (https://developer.kustomer.com/docs/concepts/search).</summary>
    private const int SearchYears = 2;

    private static readonly DateTimeOffset s_earliest = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset SearchBegins(DateTimeOffset now) => now.AddYears(-SearchYears);

    /// <summary>With a day's grace: "two years ago" typed as a date is not meant to read the archive.</summary>
    public static bool ReadsArchive(DateTimeOffset? from, DateTimeOffset now) => from < SearchBegins(now).AddDays(-1);

    /// <summary>Whether there is more to load at one start than at another.</summary>
    public static bool IsEarlier(DateTimeOffset? from, DateTimeOffset? than, DateTimeOffset now) => (from ?? SearchBegins(now)) < (than ?? SearchBegins(now));

    public static string? FaultOf(DateTimeOffset? from, DateTimeOffset now) =>
        from > now ? "The start date lies in the future. Choose today or an earlier day."
        : from < s_earliest ? $"Choose a day from {s_earliest.ToString("d MMM yyyy", CultureInfo.InvariantCulture)} on."
        : null;

    public static string Words(DateTimeOffset? from) =>
        from is { } moment ? $"from {moment.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}" : "all that Kustomer's search holds (two years)";
}

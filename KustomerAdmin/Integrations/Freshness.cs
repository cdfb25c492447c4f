namespace KustomerAdmin.Integrations;

/// <summary>How far what is stored may lie behind Kustomer.</summary>
public enum Freshness
{
    /// <summary>Nothing can be said before a run has succeeded.</summary>
    Unknown,
    OnTime,
    Late,
    Stale,
}

/// <summary>Judges it by the last run that ended well; a first load, which may take hours, by whether it moves.</summary>
internal static class FreshnessRule
{
    private const int OnTimeIntervals = 2;
    private const int LateIntervals = 8;
    private static readonly TimeSpan s_leastLate = TimeSpan.FromHours(2);

    /// <param name="lastSucceededAt">When a run last ended well.</param>
    /// <param name="firstLoadMovedAt">When the first load under way last stored something; null when none is.</param>
    public static Freshness Of(DateTimeOffset? lastSucceededAt, DateTimeOffset? firstLoadMovedAt, TimeSpan interval, DateTimeOffset now)
    {
        var onTime = interval * OnTimeIntervals;
        if (lastSucceededAt >= now - onTime || firstLoadMovedAt >= now - onTime)
        {
            return Freshness.OnTime;
        }

        var late = interval * LateIntervals;
        return lastSucceededAt is not { } at ? Freshness.Unknown
            : at >= now - (late > s_leastLate ? late : s_leastLate) ? Freshness.Late
            : Freshness.Stale;
    }
}

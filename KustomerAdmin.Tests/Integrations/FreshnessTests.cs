using KustomerAdmin.Integrations;

namespace KustomerAdmin.Tests.Integrations;

public sealed class FreshnessTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 12, 14, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(15, 30, Freshness.OnTime)]
    [InlineData(15, 31, Freshness.Late)]
    [InlineData(15, 120, Freshness.Late)]
    [InlineData(15, 121, Freshness.Stale)]
    [InlineData(60, 120, Freshness.OnTime)]
    [InlineData(60, 480, Freshness.Late)]
    [InlineData(60, 481, Freshness.Stale)]
    [InlineData(1, 119, Freshness.Late)]
    public void Of_LastSuccess_IsJudgedByTheIntervalAndTwoHours(int interval, int minutesAgo, Freshness freshness) =>
        FreshnessRule.Of(s_now.AddMinutes(-minutesAgo), null, TimeSpan.FromMinutes(interval), s_now).ShouldBe(freshness);

    [Theory]
    [InlineData(null, Freshness.Unknown)]
    [InlineData(5, Freshness.OnTime)]
    [InlineData(40, Freshness.Unknown)]
    public void Of_FirstLoad_IsOnTimeOnlyWhileItMoves(int? movedMinutesAgo, Freshness freshness) =>
        FreshnessRule.Of(null, movedMinutesAgo is { } minutes ? s_now.AddMinutes(-minutes) : null, TimeSpan.FromMinutes(15), s_now).ShouldBe(freshness);
}

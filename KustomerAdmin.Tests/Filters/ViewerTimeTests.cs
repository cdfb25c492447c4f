using KustomerAdmin.Filters;

namespace KustomerAdmin.Tests.Filters;

public sealed class ViewerTimeTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", 25)]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", 23)]
    [InlineData("Asia/Kolkata", "2026-06-01", "2026-05-31T18:30:00Z", 24)]
    [InlineData("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z", 23)]
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00:00Z", 25)]
    [InlineData("UTC", "0001-01-01", "0001-01-01T00:00:00Z", 24)]
    public void Day_OfAnyZone_BeginsWhereItsClocksSayAndHasItsOwnLength(string zone, string day, string begins, int hours)
    {
        var viewer = new ViewerTime(DateTimeOffset.UnixEpoch, TimeZoneInfo.FindSystemTimeZoneById(zone));

        var span = DateSpan.Read(day, viewer).ShouldNotBeNull();

        span.From.ShouldBe(DateTimeOffset.Parse(begins, System.Globalization.CultureInfo.InvariantCulture));
        (span.To - span.From).ShouldBe(TimeSpan.FromHours(hours));
    }

    [Theory]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00Z", 60)]
    [InlineData("2026-10-25T02:30+01:00", "2026-10-25T01:30:00Z", 60)]
    [InlineData("2026-10-25T12:30:15", "2026-10-25T11:30:15Z", 1)]
    [InlineData("2026-10-25T12:30Z", "2026-10-25T12:30:00Z", 60)]
    public void Time_WithOrWithoutItsOffset_IsTheMinuteOrSecondItNames(string text, string begins, int seconds)
    {
        var viewer = new ViewerTime(DateTimeOffset.UnixEpoch, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        DateSpan.Read(text, viewer).ShouldBe(new DateSpan(
            DateTimeOffset.Parse(begins, System.Globalization.CultureInfo.InvariantCulture), DateTimeOffset.Parse(begins, System.Globalization.CultureInfo.InvariantCulture).AddSeconds(seconds)));
    }

    [Fact]
    public void Today_ShortlyBeforeMidnightElsewhere_IsTheViewersOwn() =>
        new ViewerTime(new DateTimeOffset(2026, 10, 27, 23, 30, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).Today.ShouldBe(new DateOnly(2026, 10, 28));

    [Fact]
    public void AnyText_AsADateOrAPeriod_IsReadOrRefusedWithoutAFault() => Holds.ForAll<string>(text =>
    {
        _ = DateSpan.Read(text ?? "", FilterWorld.Viewer);
        _ = RollingPeriod.Read(text ?? "");
    });

    [Theory]
    [InlineData("0 days")]
    [InlineData("3651 days")]
    [InlineData("-1 days")]
    [InlineData("7")]
    [InlineData("7 1")]
    [InlineData("7 years")]
    [InlineData("7 days ago")]
    public void Period_ThatIsNone_IsRefused(string text) => RollingPeriod.Read(text).ShouldBeNull();
}

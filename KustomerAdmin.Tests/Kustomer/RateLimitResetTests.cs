using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class RateLimitResetTests
{
    private static readonly DateTimeOffset s_now = new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("{seconds+20}", null, 20)]
    [InlineData("{milliseconds+20}", null, 20)]
    [InlineData("20", null, 20)]
    [InlineData("0.5", null, 1)]
    [InlineData("{seconds+0}", null, 1)]
    [InlineData(null, "20", 20)]
    [InlineData(null, "Thu, 01 Oct 2026 12:00:20 GMT", 20)]
    [InlineData(null, "2026-10-01T12:00:20Z", 20)]
    [InlineData("{seconds+20}", "40", 40)]
    [InlineData("{seconds+40}", "20", 40)]
    [InlineData("{seconds+7200}", null, 300)]
    [InlineData(null, "86400", 300)]
    [InlineData("{seconds-60}", null, 60)]
    [InlineData("{milliseconds-60}", null, 60)]
    [InlineData(null, null, 60)]
    [InlineData("soon", null, 60)]
    [InlineData("-5", null, 60)]
    [InlineData("NaN", null, 60)]
    [InlineData("1e400", null, 60)]
    [InlineData("99999999999999999999", null, 60)]
    [InlineData("", "", 60)]
    public void Read_Headers_GivesTheWait(string? reset, string? retryAfter, int expectedSeconds)
    {
        using var answer = Answer(reset, retryAfter);

        RateLimitReset.Read(answer, s_now).ShouldBe(s_now.AddSeconds(expectedSeconds));
    }

    [Fact]
    public void Read_TheirClockIsAnHourAhead_WaitsAsLongAsTheyMean()
    {
        using var answer = Answer("{seconds+3620}", null);
        answer.Headers.Date = s_now.AddHours(1);

        RateLimitReset.Read(answer, s_now).ShouldBe(s_now.AddSeconds(20));
    }

    [Fact]
    public void Read_AnyText_WaitsBetweenOneSecondAndFiveMinutes() => Holds.ForAll<(string, string)>(texts =>
    {
        using var answer = Answer(Printable(texts.Item1), Printable(texts.Item2));

        (RateLimitReset.Read(answer, s_now) - s_now).ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300));
    });

    private static string Printable(string? text) => string.Concat((text ?? "").Where(static character => character is >= ' ' and < '\x7f'));

    private static HttpResponseMessage Answer(string? reset, string? retryAfter)
    {
        var answer = new HttpResponseMessage();
        Add("x-ratelimit-reset", reset);
        Add("Retry-After", retryAfter);
        return answer;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                answer.Headers.TryAddWithoutValidation(name, Moment(value)).ShouldBeTrue();
            }
        }
    }

    private static string Moment(string text) => text.Trim('{', '}') switch
    {
        ['s', 'e', 'c', 'o', 'n', 'd', 's', .. var offset] => $"{s_now.ToUnixTimeSeconds() + int.Parse(offset, System.Globalization.CultureInfo.InvariantCulture)}",
        ['m', 'i', 'l', 'l', 'i', 's', 'e', 'c', 'o', 'n', 'd', 's', .. var offset] => $"{s_now.ToUnixTimeMilliseconds() + (1000L * int.Parse(offset, System.Globalization.CultureInfo.InvariantCulture))}",
        _ => text,
    };
}

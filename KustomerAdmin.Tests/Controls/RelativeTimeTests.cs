using Bunit;
using KustomerAdmin.Controls;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests.Controls;

public sealed class RelativeTimeTests : BunitContext
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 12, 14, 3, 22, TimeSpan.Zero);
    private readonly ManualTime _time = new() { Now = s_now };

    public RelativeTimeTests()
    {
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddScoped<ViewerClock>();
    }

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-44, "just now")]
    [InlineData(20, "in a moment")]
    [InlineData(-60, "1 min ago")]
    [InlineData(-180, "3 min ago")]
    [InlineData(180, "in 3 min")]
    [InlineData(-3_599, "1 h ago")]
    [InlineData(-7_200, "2 h ago")]
    [InlineData(-86_399, "1 day ago")]
    [InlineData(-259_200, "3 days ago")]
    [InlineData(-864_000, "2 Mar 2026")]
    public void Relative_Distance_ReadsLikeSpeech(int seconds, string expected) =>
        TimeText.Relative(s_now.AddSeconds(seconds), s_now, TimeZoneInfo.Utc).ShouldBe(expected);

    [Fact]
    public void Hover_BrowserKnowsItsZone_ShowsTheExactTimeThere()
    {
        JSInterop.Setup<string?>("KustomerAdmin.timeZone").SetResult("Europe/Berlin");

        var time = Render<RelativeTime>(parameters => parameters.Add(item => item.At, s_now));

        time.WaitForAssertion(() => time.Find("time").GetAttribute("title").ShouldBe("12 Mar 2026, 15:03:22 (Europe/Berlin)"));
        time.Find("time").GetAttribute("datetime").ShouldBe("2026-03-12T14:03:22Z");
    }

    [Fact]
    public void Hover_BrowserNamesNoKnownZone_ShowsUtcAndSaysSo()
    {
        JSInterop.Setup<string?>("KustomerAdmin.timeZone").SetResult("Middle/Earth");

        var time = Render<RelativeTime>(parameters => parameters.Add(item => item.At, s_now));

        time.Find("time").GetAttribute("title").ShouldBe("12 Mar 2026, 14:03:22 (UTC)");
    }

    [Fact]
    public void Text_TimePasses_FollowsByItself()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var time = Render<RelativeTime>(parameters => parameters.Add(item => item.At, s_now));

        _time.Now = s_now.AddMinutes(3);
        _time.Tick();

        time.WaitForAssertion(() => time.Find("time").TextContent.ShouldBe("3 min ago"));
    }

    private sealed class ManualTime : TimeProvider
    {
        private Action? _tick;

        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;

        public void Tick() => _tick?.Invoke();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _tick += () => callback(state);
            return new NoTimer();
        }

        private sealed class NoTimer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}

using KustomerAdmin.Sync;
using Microsoft.Extensions.Configuration;

namespace KustomerAdmin.Tests.Sync;

public sealed class SyncOptionsValidatorTests
{
    [Theory]
    [InlineData("00:01:00", true)]
    [InlineData("1.00:00:00", true)]
    [InlineData("00:00:59", false)]
    [InlineData("1.00:00:01", false)]
    [InlineData("-00:15:00", false)]
    public void Validate_Interval_IsBetweenAMinuteAndADay(string interval, bool isAccepted)
    {
        var result = Validator(interval).Validate(null, new SyncOptions { Interval = TimeSpan.Parse(interval, System.Globalization.CultureInfo.InvariantCulture) });

        result.Succeeded.ShouldBe(isAccepted);
        (result.FailureMessage ?? "Sync:Interval is").ShouldStartWith("Sync:Interval is");
    }

    [Fact]
    public void Validate_NoDuration_SaysWhatOneLooksLike() =>
        Validator("often").Validate(null, new SyncOptions()).FailureMessage.ShouldBe("Sync:Interval is 'often'; it must be a duration such as 00:15:00 (hours:minutes:seconds).");

    [Fact]
    public void Validate_NoSetting_Succeeds() => Validator(null).Validate(null, new SyncOptions()).Succeeded.ShouldBeTrue();

    private static SyncOptionsValidator Validator(string? interval) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new(SyncOptions.IntervalKey, interval)]).Build());
}

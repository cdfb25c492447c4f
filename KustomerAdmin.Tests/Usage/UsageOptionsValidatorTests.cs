using KustomerAdmin.Usage;
using Microsoft.Extensions.Configuration;

namespace KustomerAdmin.Tests.Usage;

public sealed class UsageOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeeds() => Validator(null).Validate(null, new UsageOptions()).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData(1, 31, true)]
    [InlineData(90, 3650, true)]
    [InlineData(0.9, 400, false)]
    [InlineData(91, 400, false)]
    [InlineData(7, 30, false)]
    [InlineData(7, 3651, false)]
    public void Validate_Durations_AreWithinTheirBounds(double requests, int days, bool isAccepted) =>
        Validator(null).Validate(null, new UsageOptions { KeepRequests = TimeSpan.FromDays(requests), KeepDays = TimeSpan.FromDays(days) }).Succeeded.ShouldBe(isAccepted);

    [Fact]
    public void Validate_BothWrong_NamesBothKeys() =>
        Validator("a week").Validate(null, new UsageOptions { KeepDays = TimeSpan.Zero }).Failures.ShouldBe(
        [
            "Usage:KeepRequests is 'a week'; it must be a duration such as 7.00:00:00 (days.hours:minutes:seconds).",
            "Usage:KeepDays is 00:00:00; it must be between 31.00:00:00 and 3650.00:00:00.",
        ]);

    private static UsageOptionsValidator Validator(string? requests) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new(UsageOptions.KeepRequestsKey, requests)]).Build());
}

using KustomerAdmin.Integrations.Checking;
using Microsoft.Extensions.Configuration;

namespace KustomerAdmin.Tests.Integrations.Checking;

public sealed class ConnectionOptionsValidatorTests
{
    [Theory]
    [InlineData(5, true)]
    [InlineData(60, true)]
    [InlineData(7 * 24 * 60, true)]
    [InlineData(4, false)]
    [InlineData((7 * 24 * 60) + 1, false)]
    public void Validate_Interval_IsWithinItsBounds(int minutes, bool isAccepted) =>
        Validator(null).Validate(null, new ConnectionOptions { CheckInterval = TimeSpan.FromMinutes(minutes) }).Succeeded.ShouldBe(isAccepted);

    [Fact]
    public void Validate_NoDuration_IsNamed() =>
        Validator("hourly").Validate(null, new ConnectionOptions()).Failures.ShouldBe(["Connections:CheckInterval is 'hourly'; it must be a duration such as 01:00:00 (hours:minutes:seconds)."]);

    private static ConnectionOptionsValidator Validator(string? interval) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new(ConnectionOptions.CheckIntervalKey, interval)]).Build());
}

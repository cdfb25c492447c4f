using System.Globalization;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Integrations.Checking;

internal sealed class ConnectionOptionsValidator(IConfiguration configuration) : IValidateOptions<ConnectionOptions>
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(7);

    public ValidateOptionsResult Validate(string? name, ConnectionOptions options) =>
        configuration[ConnectionOptions.CheckIntervalKey] is { } text && !TryRead(text, out _) ? ValidateOptionsResult.Fail($"{ConnectionOptions.CheckIntervalKey} is '{text}'; it must be a duration such as 01:00:00 (hours:minutes:seconds).")
        : options.CheckInterval < s_shortest || options.CheckInterval > s_longest ? ValidateOptionsResult.Fail($"{ConnectionOptions.CheckIntervalKey} is {options.CheckInterval}; it must be between {s_shortest} and {s_longest}.")
        : ValidateOptionsResult.Success;

    internal static bool TryRead(string? text, out TimeSpan duration) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);
}

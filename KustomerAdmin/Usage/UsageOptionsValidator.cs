using System.Globalization;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Usage;

internal sealed class UsageOptionsValidator(IConfiguration configuration) : IValidateOptions<UsageOptions>
{
    public ValidateOptionsResult Validate(string? name, UsageOptions options)
    {
        string?[] faults =
        [
            FaultOf(UsageOptions.KeepRequestsKey, options.KeepRequests, TimeSpan.FromDays(1), TimeSpan.FromDays(90)),
            FaultOf(UsageOptions.KeepDaysKey, options.KeepDays, TimeSpan.FromDays(31), TimeSpan.FromDays(3650)),
        ];
        return faults.OfType<string>().ToList() is { Count: > 0 } found ? ValidateOptionsResult.Fail(found) : ValidateOptionsResult.Success;
    }

    internal static bool TryRead(string? text, out TimeSpan duration) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration);

    private string? FaultOf(string key, TimeSpan value, TimeSpan shortest, TimeSpan longest) =>
        configuration[key] is { } text && !TryRead(text, out _) ? $"{key} is '{text}'; it must be a duration such as 7.00:00:00 (days.hours:minutes:seconds)."
        : value < shortest || value > longest ? $"{key} is {value}; it must be between {shortest} and {longest}."
        : null;
}

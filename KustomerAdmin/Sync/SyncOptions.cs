using System.Globalization;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Sync;

public sealed class SyncOptions
{
    public const string IntervalKey = "Sync:Interval";

    /// <summary>Pause between two runs of one instance. One minute to one day.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Stored tickets that are compared at once.</summary>
    internal int TicketsCompared { get; set; } = 5000;
}

internal sealed class SyncOptionsValidator(IConfiguration configuration) : IValidateOptions<SyncOptions>
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, SyncOptions options) =>
        configuration[SyncOptions.IntervalKey] is { } text && !TryRead(text, out _)
            ? ValidateOptionsResult.Fail($"{SyncOptions.IntervalKey} is '{text}'; it must be a duration such as 00:15:00 (hours:minutes:seconds).")
        : options.Interval < s_shortest || options.Interval > s_longest
            ? ValidateOptionsResult.Fail($"{SyncOptions.IntervalKey} is {options.Interval}; it must be between {s_shortest} and {s_longest}.")
        : ValidateOptionsResult.Success;

    internal static bool TryRead(string text, out TimeSpan interval) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out interval);
}

using Microsoft.Extensions.Options;

namespace KustomerAdmin.Shell;

internal sealed class ProxyOptionsValidator : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options) =>
        options.Entries.Select(FaultOf).OfType<string>().ToList() is { Count: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;

    private static string? FaultOf(string entry) =>
        !ProxyOptions.TryRead(entry, out var network) ? $"{ProxyOptions.TrustedKey} names '{entry}'; it must be an address such as 10.0.0.2 or a network such as 172.18.0.0/16."
        : network.PrefixLength == 0 ? $"{ProxyOptions.TrustedKey} names '{entry}', which is everybody; it must name the proxy alone."
        : null;
}

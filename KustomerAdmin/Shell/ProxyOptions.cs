using System.Net;

namespace KustomerAdmin.Shell;

/// <summary>Reverse proxies in front of the console whose word is taken for where a browser is and whether it came by https.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxies";
    public const string TrustedKey = "Proxies:Trusted";

    /// <summary>Addresses (<c>10.0.0.2</c>) and networks (<c>172.18.0.0/16</c>), with commas between. Empty: nobody's word is taken.</summary>
    public string Trusted { get; set; } = "";

    internal IEnumerable<string> Entries => Trusted.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal static bool TryRead(string entry, out IPNetwork network)
    {
        // An address is a network of itself.
        var isAddress = IPAddress.TryParse(entry, out var address);
        network = isAddress ? new IPNetwork(address!, address!.GetAddressBytes().Length * 8) : default;
        return isAddress || IPNetwork.TryParse(entry, out network);
    }
}

using System.Net;

namespace KustomerAdmin.Identity;

internal static class ClientAddress
{
    /// <summary>As it is shown in the audit log: IPv4 as IPv4, IPv6 without the name of a local network card.</summary>
    public static string? Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => new IPAddress(address.GetAddressBytes()).ToString(),
    };
}

using System.Net;
using System.Net.Sockets;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// Opens connections to public addresses only. The other side's name is looked up for every new connection, so one that leads into this
/// machine's network today gets nothing, whatever it led to when it was checked.
/// </summary>
internal sealed class PublicConnections(Func<string, CancellationToken, Task<IPAddress[]>> lookUpAsync)
{
    private static readonly IPNetwork[] s_notPublic =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "::/96", "2001::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ]).Select(static network => IPNetwork.Parse(network)),
    ];

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var end = context.DnsEndPoint;
        var found = IPAddress.TryParse(end.Host, out var literal) ? [literal] : await lookUpAsync(end.Host, cancellationToken);
        var addresses = IsProxy(end, context.InitialRequestMessage.RequestUri!) ? found : [.. found.Where(IsPublic)];
        if (addresses.Length == 0)
        {
            throw found.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new PrivateAddressException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, end.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A proxy of the company stands in its network; it looks the other side's name up itself. Whatever is not known to be it is the other side, however its name is written.</summary>
    private static bool IsProxy(DnsEndPoint end, Uri address) =>
        !HttpClient.DefaultProxy.IsBypassed(address) && HttpClient.DefaultProxy.GetProxy(address) is { } proxy
        && end.Port == proxy.Port && string.Equals(end.Host, proxy.IdnHost, StringComparison.OrdinalIgnoreCase);

    public static bool IsPublic(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 ? IsPublic(address.MapToIPv4())
            : bytes is [0x00, 0x64, 0xff, 0x9b, ..] ? IsPublic(new IPAddress(bytes.AsSpan(12)))
            : bytes is [0x20, 0x02, _, _, _, _, _, _, ..] ? IsPublic(new IPAddress(bytes.AsSpan(2, 4)))
            : !Array.Exists(s_notPublic, network => network.Contains(address));
    }
}

/// <summary>A name leads to an address that is not public. Its text names neither.</summary>
internal sealed class PrivateAddressException() : IOException("The name leads to an address that is not public.");

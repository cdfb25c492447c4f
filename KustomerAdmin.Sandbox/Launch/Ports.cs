using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KustomerAdmin.Sandbox.Launch;

internal static class Ports
{
    /// <exception cref="LaunchException">Somebody listens there already.</exception>
    public static void RequireFree(int port, string purpose, string option)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException taken)
        {
            throw new LaunchException(string.Create(
                CultureInfo.InvariantCulture, $"Port {port}, meant for {purpose}, cannot be used ({taken.SocketErrorCode}). Choose another with {option}, for example {option} {port + 1}."));
        }
    }
}

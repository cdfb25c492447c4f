using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KustomerAdmin.Tests.Problems;

/// <summary>A mail server on a free port that takes every message and keeps it (RFC 5321, as little of it as a client needs).</summary>
internal sealed class SmtpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<string> _mails = [];
    private readonly Task _serving;

    public SmtpServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Recipient, headers and text of each message.</summary>
    public IReadOnlyList<string> Mails
    {
        get
        {
            lock (_mails)
            {
                return [.. _mails];
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    /// <summary>Nobody listens any more.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException or IOException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 here");
        var recipient = "";
        while (await reader.ReadLineAsync(_stopping.Token) is { } line)
        {
            if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("221 bye");
                return;
            }

            if (line.StartsWith("RCPT TO:", StringComparison.OrdinalIgnoreCase))
            {
                recipient = line["RCPT TO:".Length..];
            }

            if (!line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
            {
                await writer.WriteLineAsync("250 fine");
                continue;
            }

            await writer.WriteLineAsync("354 go on");
            await TakeAsync(recipient, reader);
            await writer.WriteLineAsync("250 taken");
        }
    }

    private async Task TakeAsync(string recipient, StreamReader reader)
    {
        var mail = new StringBuilder(recipient).Append('\n');
        while (await reader.ReadLineAsync(_stopping.Token) is { } text and not ".")
        {
            mail.Append(text).Append('\n');
        }

        // Long lines are folded (RFC 2045, section 6.7).
        mail.Replace("=\n", "");

        lock (_mails)
        {
            _mails.Add(mail.ToString());
        }
    }
}

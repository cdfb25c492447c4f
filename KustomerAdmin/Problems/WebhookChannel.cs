using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using KustomerAdmin.Kustomer;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Problems;

/// <summary>
/// Posts messages to webhooks, signed: <c>X-KustomerAdmin-Signature: t=UNIX SECONDS,v1=HEX</c>, the HMAC-SHA256 (RFC 2104) of <c>t.body</c> under
/// the webhook's secret. Goes to https and public addresses only, follows no redirect.
/// </summary>
public sealed class WebhookChannel : IDisposable
{
    public const string SignatureHeader = "X-KustomerAdmin-Signature";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly bool _allowsPrivate;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;

    public WebhookChannel(IOptions<NotificationOptions> options, TimeProvider time)
    {
        (_allowsPrivate, _time) = (options.Value.AllowPrivateAddresses, time);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
            ConnectCallback = _allowsPrivate ? null : new PublicConnections(Dns.GetHostAddressesAsync).ConnectAsync,
        }) { Timeout = s_patience };
    }

    /// <returns>Null, or why the address cannot be used.</returns>
    internal string? FaultOf(string address) =>
        !Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 ? "This is not an address. It begins with https:// and holds no user name."
        : string.Equals(uri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal) || (_allowsPrivate && uri.IsLoopback && string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal)) ? null
        : "Only https addresses can be used.";

    /// <returns>Null, or why it was not delivered.</returns>
    internal async Task<string?> SendAsync(string address, string secret, NotificationMessage message, CancellationToken cancellationToken)
    {
        if (FaultOf(address) is { } fault)
        {
            return fault;
        }

        var body = message.ToJson();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.TryAddWithoutValidation(SignatureHeader, Sign(body, secret, _time.GetUtcNow()));
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"The webhook answered with status {(int)response.StatusCode}.";
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return exception switch
            {
                OperationCanceledException => "The webhook did not answer in time.",
                { InnerException: PrivateAddressException } => "The address leads into a private network. The operator can allow that (Notifications:AllowPrivateAddresses).",
                _ => "The webhook could not be reached.",
            };
        }
    }

    public void Dispose() => _http.Dispose();

    internal static string Sign(byte[] body, string secret, DateTimeOffset at)
    {
        var moment = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] content = [.. Encoding.UTF8.GetBytes(moment + "."), .. body];
        return $"t={moment},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), content))}";
    }
}

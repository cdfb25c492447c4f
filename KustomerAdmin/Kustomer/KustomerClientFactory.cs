using System.Net;
using System.Security.Authentication;
using Flurl.Http;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Kustomer;

/// <summary>The only place that sets up HTTP to Kustomer: address, key, handlers, limits.</summary>
public sealed class KustomerClientFactory : IDisposable
{
    private static readonly TimeSpan s_requestTimeout = TimeSpan.FromSeconds(30);

    private readonly KustomerOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpMessageHandler _transport;

    public KustomerClientFactory(IOptions<KustomerOptions> options, TimeProvider time, RateBudgets budgets)
        : this(options, time, budgets, CreateTransport())
    {
    }

    /// <summary>With another transport than the network.</summary>
    internal KustomerClientFactory(IOptions<KustomerOptions> options, TimeProvider time, RateBudgets budgets, HttpMessageHandler transport) =>
        (_options, _time, _, _transport) = (options.Value, time, budgets, transport);

    /// <summary>A client for one organisation with one key. Its requests are counted on <paramref name="meter"/>.</summary>
    public KustomerClient Create(Subdomain subdomain, ApiKey key, RequestMeter meter)
    {
        var address = ApiAddress(subdomain);
        var handler = new KeyFirewall(address, key, new RequestMeterHandler(meter, _transport));
        var http = new HttpClient(handler, disposeHandler: false)
        {
            MaxResponseContentBufferSize = KustomerAnswers.LargestAnswer,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var flurl = new FlurlClient(http) { BaseUrl = address.AbsoluteUri.TrimEnd('/') };
        flurl.Settings.Timeout = s_requestTimeout;
        flurl.Settings.CookiesEnabled = false;
        return new KustomerClient(new KustomerSender(flurl, new KustomerAnswers(_time)));
    }

    /// <summary>The API's address of an organisation, as people are shown it.</summary>
    public Uri ApiAddress(Subdomain subdomain) => Fill(_options.ApiUrlTemplate, subdomain);

    /// <summary>The page of a conversation in Kustomer's own web app.</summary>
    public Uri? PortalAddress(Subdomain subdomain, string customerId, string conversationId) =>
        new(Fill(_options.PortalUrlTemplate, subdomain).AbsoluteUri.TrimEnd('/') + $"/app/customers/{Uri.EscapeDataString(customerId)}/event/{Uri.EscapeDataString(conversationId)}");

    public void Dispose() => _transport.Dispose();

    /// <summary>Redirects off: they could carry the key to another host. TLS 1.2 or newer.</summary>
    internal static SocketsHttpHandler CreateTransport() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 16,
        MaxResponseHeadersLength = 64,
        SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
    };

    private static Uri Fill(string template, Subdomain subdomain)
    {
        var address = new Uri(template.Replace(KustomerOptions.Placeholder, subdomain.Label, StringComparison.Ordinal));
        var expected = new Uri(template.Replace(KustomerOptions.Placeholder, "acme", StringComparison.Ordinal));

        // A subdomain can only ever change its own label of the host.
        return address.Port == expected.Port && address.HostNameType == expected.HostNameType && address.Host.Count(character => character == '.') == expected.Host.Count(character => character == '.')
            ? address
            : throw new InvalidOperationException("The subdomain changed more than its own part of the address.");
    }
}

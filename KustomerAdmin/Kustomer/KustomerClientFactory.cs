using System.Net;
using System.Security.Authentication;
using Flurl.Http;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Kustomer;

/// <summary>The only place that sets up HTTP to Kustomer: address, key, handlers, limits.</summary>
public sealed class KustomerClientFactory : IDisposable
{
    private readonly KustomerOptions _options;
    private readonly TimeProvider _time;
    private readonly RateBudgets _budgets;
    private readonly HttpMessageHandler _transport;

    public KustomerClientFactory(IOptions<KustomerOptions> options, TimeProvider time, RateBudgets budgets)
        : this(options, time, budgets, CreateTransport(options.Value.IsOnThisMachine))
    {
    }

    /// <summary>With another transport than the network.</summary>
    internal KustomerClientFactory(IOptions<KustomerOptions> options, TimeProvider time, RateBudgets budgets, HttpMessageHandler transport) =>
        (_options, _time, _budgets, _transport) = (options.Value, time, budgets, transport);

    internal Patience Patience { get; init; } = new();

    /// <summary>A client for one organisation with one key. Its requests are told to <paramref name="meter"/>.</summary>
    /// <param name="key">Null for the one request that needs none: signing in.</param>
    /// <param name="organizationId">Kustomer's id of the organisation, where it is known.</param>
    public KustomerClient Create(Subdomain subdomain, ApiKey? key, RequestMeter meter, string? organizationId = null)
    {
        var address = ApiAddress(subdomain);
        var http = new HttpClient(new KeyFirewall(address, key, _transport), disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var flurl = new FlurlClient(http) { BaseUrl = address.AbsoluteUri.TrimEnd('/') };
        flurl.Settings.Timeout = null;
        flurl.Settings.CookiesEnabled = false;
        return new KustomerClient(new KustomerSender(flurl, _budgets.Of(subdomain, organizationId), meter, _time, Patience));
    }

    /// <summary>The API's address of an organisation, as people are shown it.</summary>
    public Uri ApiAddress(Subdomain subdomain) => Fill(_options.ApiUrlTemplate, subdomain);

    /// <summary>The page of a conversation in Kustomer's own web app.</summary>
    public Uri? PortalAddress(Subdomain subdomain, string customerId, string conversationId) =>
        new(Fill(_options.PortalUrlTemplate, subdomain).AbsoluteUri.TrimEnd('/') + $"/app/customers/{Uri.EscapeDataString(customerId)}/event/{Uri.EscapeDataString(conversationId)}");

    public void Dispose() => _transport.Dispose();

    /// <summary>Redirects off: they could carry the key to another host. TLS 1.2 or newer. Public addresses only.</summary>
    /// <param name="isOnThisMachine">Kustomer's place is taken by something on this machine.</param>
    internal static SocketsHttpHandler CreateTransport(bool isOnThisMachine, Func<string, CancellationToken, Task<IPAddress[]>>? lookUpAsync = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 16,
        MaxResponseHeadersLength = 64,
        SslOptions = { EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
        ConnectCallback = isOnThisMachine ? null : new PublicConnections(lookUpAsync ?? Dns.GetHostAddressesAsync).ConnectAsync,
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

using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Kustomer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Hostile;

/// <summary>R14: what is not surely Kustomer gets no key, and there is no other way in.</summary>
public sealed class TlsTests : IDisposable
{
    private const string Sentence = "No secure connection to Kustomer could be made (TLS). A proxy or an old certificate store on this machine may be the cause.";
    private const string Name = "localhost";

    private static readonly DateTimeOffset s_now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 _root = Root();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Console_ServerIsSelfSigned_StoresNoKeyAndSaysWhy()
    {
        using var key = RSA.Create(2048);
        using var certificate = Request(Name, key).CreateSelfSigned(s_now.AddDays(-2), s_now.AddDays(2));
        await using var server = await HttpsServer.StartAsync(certificate);
        await using var app = TestApp.StartAgainst(server.Address, new TestClock(), isScheduled: true, new Patience());

        var result = (await app.TryConnectAsync(new ConnectRequest("Acme", "acme", "a-key-for-kustomer-only"))).ShouldBeOfType<ConnectResult.NotAuthenticated>();

        var line = result.Report.Lines.ShouldHaveSingleItem();
        (line.Outcome, line.Sentence).ShouldBe((CheckOutcome.NotTested, $"Could not be tested: {Sentence} Mend that, and try again. This says nothing about the key."));
        (await app.InstanceAsync(result.InstanceId)).ShouldSatisfyAllConditions(
            instance => (instance.Credential, instance.KeyEnvelope).ShouldBe((CredentialState.NotAuthenticated, null)),
            instance => instance.CredentialNote.ShouldNotBeNull().ShouldContain("TLS"));
        server.Requests.ShouldBeEmpty();
        app.Log.All.ShouldAllBe(entry => !entry.Contains("a-key-for-kustomer-only"));
    }

    [Theory]
    [InlineData("right", true)]
    [InlineData("expired", false)]
    [InlineData("not valid yet", false)]
    [InlineData("wrong name", false)]
    [InlineData("root not trusted", false)]
    public async Task Certificate_OfATrustedRoot_MustBeValidAndOfThatName(string which, bool isAccepted)
    {
        // Beside the right one each differs in one thing only.
        (int From, int To) days = which switch { "expired" => (-10, -1), "not valid yet" => (1, 10), _ => (-1, 10) };
        using var certificate = Issue(which is "wrong name" ? "kustomer.example" : Name, s_now.AddDays(days.From), s_now.AddDays(days.To));
        await using var server = await HttpsServer.StartAsync(certificate);
        using var transport = KustomerClientFactory.CreateTransport(isOnThisMachine: true);
        transport.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        if (which is not "root not trusted")
        {
            transport.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(_root);
        }

        if (isAccepted)
        {
            await AskAsync(server.Address, transport);
            server.Requests.ShouldBe(["GET /v1/auth/tokens/current"]);
            return;
        }

        var exception = await Should.ThrowAsync<KustomerUnavailableException>(() => AskAsync(server.Address, transport));

        (exception.Reason, exception.Message).ShouldBe((UnavailableReason.Tls, Sentence));
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0x01, "TLS 1.0")]
    [InlineData(0x02, "TLS 1.1")]
    public async Task Server_WithAnOldTls_IsLeftWithAnAlert(byte minor, string version)
    {
        // By hand: libraries of today do not speak it any more, on either side.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = GreetAsync(listener, minor);
        using var transport = KustomerClientFactory.CreateTransport(isOnThisMachine: true);

        var exception = await Should.ThrowAsync<KustomerUnavailableException>(() => AskAsync(new Uri($"https://{listener.LocalEndpoint}/"), transport), version);

        exception.Reason.ShouldBe(UnavailableReason.Tls);

        // A fatal alert, "protocol version", and nothing else.
        var answer = await serving.WaitAsync(TimeSpan.FromSeconds(20));
        (answer.Length, answer[0], answer[5], answer[6]).ShouldBe((7, (byte)0x15, (byte)2, (byte)70));
    }

    /// <returns>What the client answered to a server's greeting of that version, until it hung up.</returns>
    private static async Task<byte[]> GreetAsync(TcpListener listener, byte minor)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await using var stream = connection.GetStream();
        var header = new byte[5];
        await stream.ReadExactlyAsync(header);
        await stream.ReadExactlyAsync(new byte[(header[3] << 8) | header[4]]);

        // ServerHello: version, random, no session, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no compression.
        byte[] hello = [0x02, 0x00, 0x00, 38, 0x03, minor, .. RandomNumberGenerator.GetBytes(32), 0x00, 0xC0, 0x13, 0x00];
        await stream.WriteAsync((byte[])[0x16, 0x03, minor, 0x00, (byte)hello.Length, .. hello]);
        using var rest = new MemoryStream();
        await stream.CopyToAsync(rest);
        return rest.ToArray();
    }

    private static async Task AskAsync(Uri address, SocketsHttpHandler transport)
    {
        var clock = new TestClock();
        using var clients = new KustomerClientFactory(Options.Create(new KustomerOptions { ApiUrlTemplate = address.AbsoluteUri }), clock, new RateBudgets(clock), transport);
        Subdomain.TryParse("acme", out var subdomain).ShouldBeTrue();
        ApiKey.TryParse("some-key", out var key).ShouldBeTrue();
        using var client = clients.Create(subdomain, key, new RequestMeter());
        await client.GetCurrentTokenAsync(default);
    }

    private static X509Certificate2 Root()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Root of the tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        return request.CreateSelfSigned(s_now.AddDays(-30), s_now.AddDays(30));
    }

    private X509Certificate2 Issue(string name, DateTimeOffset from, DateTimeOffset to)
    {
        using var key = RSA.Create(2048);
        using var issued = Request(name, key).Create(_root, from, to, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Request(string name, RSA key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    /// <summary>Kestrel with one certificate; keeps what it was asked once a connection was secure.</summary>
    private sealed class HttpsServer : IAsyncDisposable
    {
        private readonly WebApplication _application;
        private readonly List<string> _requests = [];

        private HttpsServer(WebApplication application) => _application = application;

        public Uri Address => new($"https://{Name}:{new Uri(_application.Urls.First()).Port}/");

        public IReadOnlyList<string> Requests => _requests;

        public static async Task<HttpsServer> StartAsync(X509Certificate2 certificate)
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
            var application = builder.Build();
            var server = new HttpsServer(application);
            application.Run(context =>
            {
                server._requests.Add($"{context.Request.Method} {context.Request.Path}");
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync("""{"data":{"id":"a1","attributes":{}}}""");
            });
            await application.StartAsync();
            return server;
        }

        public async ValueTask DisposeAsync()
        {
            await _application.StopAsync(new CancellationToken(canceled: true));
            await _application.DisposeAsync();
        }
    }
}

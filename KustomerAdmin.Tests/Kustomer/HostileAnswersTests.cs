using System.Net;
using System.Net.Sockets;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sandbox;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Kustomer;

/// <summary>Answers that would cost time or sockets, and names that lead elsewhere.</summary>
public sealed class HostileAnswersTests : GatewayTest
{
    private static readonly Patience s_short = new() { Attempt = TimeSpan.FromMilliseconds(300) };

    [Theory]
    [InlineData(FaultKind.SlowBody)]
    [InlineData(FaultKind.Timeout)]
    public async Task Answer_ThatTricklesOrNeverComes_EndsWithTheAttempt(FaultKind kind)
    {
        Sandbox.Faults.Add(new SandboxFault { Kind = kind, IntervalMilliseconds = 20 });
        using var clients = Clients(Sandbox.BaseAddress, s_short);
        using var client = Open(clients, Acme.Keys.Full);

        var exception = await Should.ThrowAsync<KustomerUnavailableException>(() => client.SearchConversationsAsync(new SearchQuery(), default));

        exception.Reason.ShouldBe(UnavailableReason.Timeout);
        Meter.Sent.ShouldBe(2);
    }

    [Fact]
    public async Task Headers_ThatNeverEnd_EndWithTheAttemptAndLeaveNoSocket()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = DripAsync(listener);
        using var clients = Clients(new Uri($"http://{listener.LocalEndpoint}/"), s_short with { Person = TimeSpan.FromMilliseconds(400) });
        using var client = Open(clients, Acme.Keys.Full);

        var exception = await Should.ThrowAsync<KustomerUnavailableException>(() => client.GetCurrentTokenAsync(default));

        exception.Reason.ShouldBe(UnavailableReason.Timeout);
        await serving.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.100.100.200", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00:ec2::254", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("2001:0:4136:e378:8000:63bf:80ff:fffe", false)]
    [InlineData("52.1.2.3", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2600:1f18::1", true)]
    [InlineData("::ffff:52.1.2.3", true)]
    public void Address_IsPublicOrNot(string address, bool isPublic) => PublicConnections.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact]
    public async Task Name_OfKustomerThatLeadsToThisMachine_GetsNothing()
    {
        await using var trap = await LocalServer.AnsweringAsync("{}");
        var options = new KustomerOptions { ApiUrlTemplate = $"https://{{subdomain}}.api.kustomerapp.com:{trap.Address.Port}" };
        List<string> asked = [];
        using var clients = new KustomerClientFactory(Options.Create(options), Clock, new RateBudgets(Clock), KustomerClientFactory.CreateTransport(options.IsOnThisMachine, (host, _) =>
        {
            asked.Add(host);
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("169.254.169.254")]);
        }));
        using var client = Open(clients, Acme.Keys.Full);

        var exception = await Should.ThrowAsync<KustomerUnavailableException>(() => client.GetCurrentTokenAsync(default));

        exception.Reason.ShouldBe(UnavailableReason.PrivateAddress);
        asked.ShouldBe(["acme.api.kustomerapp.com"]);
        trap.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://\u00fc.example:{0}/")]
    [InlineData("https://xn--tda.example:{0}/")]
    [InlineData("https://localhost.:{0}/")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("https://2130706433:{0}/")]
    public async Task Address_ThatLeadsToThisMachineHoweverItIsWritten_GetsNothing(string address)
    {
        await using var trap = await LocalServer.AnsweringAsync("{}");
        using var transport = KustomerClientFactory.CreateTransport(isOnThisMachine: false, static (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        using var http = new HttpClient(transport);

        var refusal = await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, trap.Address.Port))));

        refusal.InnerException.ShouldBeOfType<PrivateAddressException>();
        trap.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Rejection_WithACharsetThatIsNone_IsARejection()
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (401, "application/json; charset=bogus");
            return context.Response.WriteAsync("""{"errors":[{"title":"Expired token"}]}""");
        });
        using var clients = Clients(server.Address);
        using var client = Open(clients, Acme.Keys.Full);

        (await Should.ThrowAsync<KeyRejectedException>(() => client.GetCurrentTokenAsync(default))).Rejection.ShouldBe(KeyRejection.Expired);
    }

    [Fact]
    public async Task List_WhosePagesRepeat_EndsWithTheFirstThatBringsNothingNew()
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (context.Request.Query["page"] is ["9"] ? 400 : 200, "application/json");
            return context.Response.WriteAsync("""{"data":[{"id":"a1","attributes":{}},{"id":"a2","attributes":{}},{"attributes":{}}],"links":{"next":"/v1/again"}}""");
        });
        using var clients = Clients(server.Address);
        using var client = Open(clients, Acme.Keys.Full);

        (await AllAsync(client.GetNotesAsync("c1", default))).Count.ShouldBe(2);
        (await AllAsync(client.GetMessagesAsync("c1", expected: 0, default))).Count.ShouldBe(2);
        (await AllAsync(client.GetTagsAsync(default))).Count.ShouldBe(2);
        (await AllAsync(client.GetUsersAsync(default))).Count.ShouldBe(2);
        (await AllAsync(client.GetTeamsAsync(default))).Count.ShouldBe(2);

        server.Requests.Count.ShouldBe(10, "the first page of each list, and the one that brings nothing new");
    }

    [Theory]
    [InlineData("https://kustomer-prod1-attachments.s3.amazonaws.com/attachments/a", true)]
    [InlineData("https://acme.api.kustomerapp.com/a", true)]
    [InlineData("https://kustomer-evil-attachments.s3.amazonaws.com/a", false)]
    [InlineData("https://kustomer-prod1-attachments.s3.amazonaws.com.evil.example/a", false)]
    [InlineData("http://kustomer-prod1-attachments.s3.amazonaws.com/a", false)]
    [InlineData("https://evilkustomerapp.com/a", false)]
    public void Attachment_IsFetchedFromKustomersOwnStorageAlone(string address, bool isKustomers)
    {
        using var source = new AttachmentSource(Options.Create(new KustomerOptions()));

        source.IsKustomers(new Uri(address)).ShouldBe(isKustomers);
    }

    /// <summary>A byte of a header now and then, until the other side hangs up.</summary>
    private static async Task DripAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await using var stream = connection.GetStream();
        try
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nx-slow: "u8.ToArray());
            while (true)
            {
                await stream.WriteAsync("a"u8.ToArray());
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }
        catch (IOException)
        {
            // Hung up.
        }
    }
}

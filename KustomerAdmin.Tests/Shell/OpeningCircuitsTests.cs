using System.Net;
using System.Net.WebSockets;

namespace KustomerAdmin.Tests.Shell;

/// <summary>A socket is opened for the console's own pages, or by what is no browser.</summary>
public sealed class OpeningCircuitsTests : IAsyncLifetime
{
    private const string Negotiate = "/_blazor/negotiate?negotiateVersion=1";

    private readonly TestApp _app = TestApp.Start();
    private HttpClient _admin = null!;
    private string _session = null!;

    public async Task InitializeAsync()
    {
        _admin = _app.NewVisitor();
        using var created = await TestApp.CreateFirstAdminAsync(_admin, TestApp.AdminName);
        _session = TestApp.CookieOf(created, "kadm");
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("file:///")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://localhost:{port}")]
    [InlineData("http://127.0.0.1:{port}.evil.example")]
    [InlineData("http://127.0.0.1:{port}@evil.example")]
    public async Task Negotiate_FromAnotherOrigin_IsForbidden(string origin)
    {
        foreach (var path in new[] { Negotiate, "/_BLAZOR/negotiate?negotiateVersion=1", "/_blazor?id=any", "/_blazor/disconnect/" })
        {
            using var answer = await PostAsync(path, OriginOf(origin));

            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            answer.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
        }
    }

    /// <summary>The last one is the console's own page behind a proxy that ends TLS and speaks http to the console.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData("http://127.0.0.1:{port}", null)]
    [InlineData("http://console.example", "console.example")]
    [InlineData("http://Console.Example:8080", "console.example:8080")]
    [InlineData("http://[::1]:8080", "[::1]:8080")]
    [InlineData("https://console.example", "console.example")]
    [InlineData("https://console.example", "console.example:443")]
    public async Task Negotiate_FromTheConsolesOwnPageOrWithoutABrowser_IsAnswered(string? origin, string? host)
    {
        using var answer = await PostAsync(Negotiate, OriginOf(origin), host);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://evil.example", false)]
    [InlineData("http://127.0.0.1:{port}", true)]
    [InlineData(null, true)]
    public async Task Socket_WithTheAdminsCookie_OpensForOwnPagesOnly(string? origin, bool opens)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", _session);
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", OriginOf(origin));
        }

        socket.Options.CollectHttpResponseDetails = true;

        var connect = () => socket.ConnectAsync(new Uri($"ws://{_app.Address.Authority}/_blazor"), CancellationToken.None);

        if (opens)
        {
            await connect();
            socket.State.ShouldBe(WebSocketState.Open);
        }
        else
        {
            await connect.ShouldThrowAsync<WebSocketException>();
            socket.HttpStatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task Negotiate_OverHttpsFromAnHttpPageOfTheSameHost_IsForbidden()
    {
        await using var app = TestApp.StartOverHttps();
        using var visitor = app.NewVisitor();
        using var own = new HttpRequestMessage(HttpMethod.Post, Negotiate) { Headers = { { "Origin", $"https://{app.Address.Authority}" } } };
        using var plain = new HttpRequestMessage(HttpMethod.Post, Negotiate) { Headers = { { "Origin", $"http://{app.Address.Authority}" } } };

        using var answered = await visitor.SendAsync(own);
        using var refused = await visitor.SendAsync(plain);

        answered.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private string? OriginOf(string? origin) => origin?.Replace("{port}", $"{_app.Address.Port}", StringComparison.Ordinal);

    private async Task<HttpResponseMessage> PostAsync(string path, string? origin, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.TryAddWithoutValidation("Origin", origin);
        }

        return await _admin.SendAsync(request);
    }
}

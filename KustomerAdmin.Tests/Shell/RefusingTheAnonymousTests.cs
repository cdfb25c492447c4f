using System.Net;
using Microsoft.AspNetCore.Routing;

namespace KustomerAdmin.Tests.Shell;

public sealed class RefusingTheAnonymousTests : IAsyncLifetime
{
    /// <summary>All that somebody without an account may reach, besides the files of wwwroot. A longer list needs a reason.</summary>
    private static readonly string[] s_open =
    [
        "/account/sign-in", "/setup", "/not-found", "/error", "/error/{Code:int}", "/health/live", "/health/ready",
    ];

    private readonly TestApp _app = TestApp.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task EveryEndpoint_Anonymous_IsRefused()
    {
        using var visitor = _app.NewVisitor();
        List<string> open = [];

        foreach (var endpoint in _app.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null))
        {
            var path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), ExampleOf(path));
                using var answer = await visitor.SendAsync(request);
                var isRefused = answer.StatusCode == HttpStatusCode.Unauthorized
                    || (answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location!.ToString().Contains("/account/sign-in", StringComparison.Ordinal));
                if (!isRefused && !s_open.Contains(path, StringComparer.Ordinal))
                {
                    open.Add($"{method} {path}: {answer.StatusCode}");
                }
            }
        }

        open.ShouldBeEmpty("only the listed endpoints may answer somebody without an account");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/no-such-page")]
    [InlineData("/_blazor/negotiate?negotiateVersion=1")]
    public async Task Address_Anonymous_LeadsToTheSignIn(string path)
    {
        using var visitor = _app.NewVisitor();

        using var answer = await visitor.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.AbsolutePath.ShouldBe("/account/sign-in");
    }

    [Theory]
    [InlineData("/app.css")]
    [InlineData("/favicon.svg")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_content/Radzen.Blazor/css/standard-wcag.css")]
    public async Task File_Anonymous_IsServedWhole(string path)
    {
        using var visitor = _app.NewVisitor();

        (await visitor.GetByteArrayAsync(path)).Length.ShouldBeGreaterThan(100);
    }

    /// <summary>An address that the route matches.</summary>
    private static string ExampleOf(string pattern) =>
        string.Join('/', pattern.Split('/').Select(part => part.StartsWith('{') ? "1" : part));
}

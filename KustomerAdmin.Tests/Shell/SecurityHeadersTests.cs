using System.Net;

namespace KustomerAdmin.Tests.Shell;

public sealed class SecurityHeadersTests : IAsyncLifetime
{
    private readonly TestApp _app = TestApp.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("/account/sign-in", HttpStatusCode.OK)]
    [InlineData("/setup", HttpStatusCode.NotFound)]
    [InlineData("/audit", HttpStatusCode.Found)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    [InlineData("/app.css", HttpStatusCode.OK)]
    public async Task Answer_Anonymous_HasThem(string path, HttpStatusCode expected)
    {
        using var visitor = _app.NewVisitor();

        using var answer = await visitor.GetAsync(path);

        answer.StatusCode.ShouldBe(expected);
        ShouldHaveThem(answer);
    }

    [Theory]
    [InlineData("/audit", HttpStatusCode.OK)]
    [InlineData("/no-such-page", HttpStatusCode.NotFound)]
    [InlineData("/not-found", HttpStatusCode.OK)]
    [InlineData("/error", HttpStatusCode.InternalServerError)]
    public async Task Answer_SignedIn_HasThemAndIsNotKept(string path, HttpStatusCode expected)
    {
        using var admin = await _app.CreateAdminAndSignInAsync();

        using var answer = await admin.GetAsync(path);

        answer.StatusCode.ShouldBe(expected);
        ShouldHaveThem(answer);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task File_MayBeKept()
    {
        using var visitor = _app.NewVisitor();

        using var answer = await visitor.GetAsync("/app.css");

        answer.Headers.CacheControl!.NoStore.ShouldBeFalse();
    }

    [Fact]
    public async Task Page_LoadsNothingFromElsewhereAndHoldsNoInlineScript()
    {
        using var admin = await _app.CreateAdminAndSignInAsync();

        var page = await admin.GetStringAsync("/audit");

        page.ShouldNotContain("src=\"http");
        page.ShouldNotContain("href=\"http");
        page.ShouldNotContain("<script>");
    }

    private static void ShouldHaveThem(HttpResponseMessage answer)
    {
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.GetValues("Cross-Origin-Opener-Policy").ShouldBe(["same-origin"]);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Permissions-Policy").ShouldBeTrue();
        answer.Headers.Contains("Server").ShouldBeFalse();
    }
}

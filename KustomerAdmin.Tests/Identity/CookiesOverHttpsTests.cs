using System.Net;
using KustomerAdmin.Identity;

namespace KustomerAdmin.Tests.Identity;

public sealed class CookiesOverHttpsTests : IAsyncLifetime
{
    private readonly TestApp _app = TestApp.StartOverHttps();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Cookies_OfFormSessionAndDevice_BelongToThisHostAlone()
    {
        using var visitor = _app.NewVisitor();
        using var form = await visitor.GetAsync($"/setup?token={TestApp.SetupToken}");
        using var created = await TestApp.CreateFirstAdminAsync(visitor, TestApp.AdminName);

        var cookies = form.Headers.GetValues("Set-Cookie").Concat(created.Headers.GetValues("Set-Cookie")).ToList();

        cookies.Select(cookie => cookie.Split('=')[0]).ShouldBe(["__Host-kadm-form", "__Host-kadm-device", "__Host-kadm"], ignoreOrder: true);
        cookies.ShouldAllBe(cookie => cookie.Contains("; secure", StringComparison.Ordinal) && cookie.Contains("; httponly", StringComparison.Ordinal));
        cookies.ShouldAllBe(cookie => cookie.Contains("; path=/;", StringComparison.Ordinal) && !cookie.Contains("domain", StringComparison.Ordinal));
        using var page = await visitor.GetAsync("/audit");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var left = await TestApp.SignOutAsync(visitor);
        left.StatusCode.ShouldBe(HttpStatusCode.Found);
        using var after = await visitor.GetAsync("/audit");
        after.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    /// <summary>That name can be set over http, or by a neighbouring host.</summary>
    [Fact]
    public async Task Session_UnderItsPlainName_IsNotTaken()
    {
        using var visitor = _app.NewVisitor();
        using var created = await TestApp.CreateFirstAdminAsync(visitor, TestApp.AdminName);
        var session = TestApp.CookieOf(created, "__Host-kadm");
        using var planted = _app.NewVisitor();
        planted.DefaultRequestHeaders.Add("Cookie", session["__Host-".Length..]);
        using var copied = _app.NewVisitor();
        copied.DefaultRequestHeaders.Add("Cookie", session);

        using var refused = await planted.GetAsync("/audit");
        using var taken = await copied.GetAsync("/audit");

        refused.StatusCode.ShouldBe(HttpStatusCode.Found);
        refused.Headers.Location!.ToString().ShouldContain(AccountRoutes.SignIn);
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Answer_TellsBrowsersToComeByHttpsForTwoYears()
    {
        using var visitor = _app.NewVisitor();
        visitor.DefaultRequestHeaders.Host = "console.example";

        using var answer = await visitor.GetAsync("/account/sign-in");

        answer.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=63072000; includeSubDomains"]);
    }
}

using System.Net;
using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Identity;

public sealed class EndingSessionsTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private SandboxServer _sandbox = null!;
    private TestApp _app = null!;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 20 }, CancellationToken.None);
        _app = TestApp.StartAgainst(_sandbox, _clock, isScheduled: false);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task SignOut_InOneBrowser_EndsTheOtherAtOnceInServicesAndWithinAMinuteOnPages()
    {
        using var here = await _app.CreateAdminAndSignInAsync();
        using var there = _app.NewVisitor();
        using var signedIn = await TestApp.SignInAsync(there, TestApp.AdminName, TestApp.AdminPassword);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Found);

        using var left = await TestApp.SignOutAsync(here);

        using var service = await there.GetAsync("/attachments/x");
        service.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _clock.Advance(TimeSpan.FromSeconds(61));
        using var page = await there.GetAsync("/tickets");
        page.StatusCode.ShouldBe(HttpStatusCode.Found);
        page.Headers.Location!.ToString().ShouldContain("/account/sign-in");
    }

    [Fact]
    public async Task SignIn_WithTheCookieOfAnEndedSession_ShowsTheFormInsteadOfLeadingBack()
    {
        using var here = await _app.CreateAdminAndSignInAsync();
        using var there = _app.NewVisitor();
        using var signedIn = await TestApp.SignInAsync(there, TestApp.AdminName, TestApp.AdminPassword);
        using var left = await TestApp.SignOutAsync(here);

        using var form = await there.GetAsync("/account/sign-in?returnUrl=%2Ftickets");

        form.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await form.Content.ReadAsStringAsync()).ShouldContain("Form.Password");
    }
}

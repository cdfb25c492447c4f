using System.Net;
using System.Security.Claims;
using KustomerAdmin.Audit;
using KustomerAdmin.Identity;
using KustomerAdmin.Sandbox;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Page_ForPeopleWhoseSessionHasEnded_SaysSoAndLeadsToTheSignIn()
    {
        using var here = await _app.CreateAdminAndSignInAsync();
        using var there = _app.NewVisitor();
        using var signedIn = await TestApp.SignInAsync(there, TestApp.AdminName, TestApp.AdminPassword);
        using var left = await TestApp.SignOutAsync(here);
        using var nobody = _app.NewVisitor();

        using var download = await there.GetAsync("/attachments/x");
        using var form = await nobody.PostAsync("/account/sign-out", new FormUrlEncodedContent([]));

        foreach (var answer in new[] { download, form })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            var page = await answer.Content.ReadAsStringAsync();
            page.ShouldContain("Your session has ended");
            page.ShouldContain("href=\"account/sign-in\"");
        }
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

    [Fact]
    public async Task Session_UsedAllDay_EndsTwelveHoursAfterTheSignIn()
    {
        using var visitor = await _app.CreateAdminAndSignInAsync();
        for (var hour = 0; hour < 11; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            using var page = await visitor.GetAsync("/tickets");
            page.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        _clock.Advance(TimeSpan.FromMinutes(59));
        using var late = await visitor.GetAsync("/tickets");
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var over = await visitor.GetAsync("/tickets");

        late.StatusCode.ShouldBe(HttpStatusCode.OK);
        over.StatusCode.ShouldBe(HttpStatusCode.Found);
        over.Headers.Location!.ToString().ShouldContain("/account/sign-in");
        over.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("kadm=;", StringComparison.Ordinal));
        using var again = await TestApp.SignInAsync(visitor, TestApp.AdminName, TestApp.AdminPassword);
        again.StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Session_CheckedManyTimes_StillKnowsWhereItWasStarted()
    {
        using var visitor = await _app.CreateAdminAndSignInAsync();
        for (var minute = 0; minute < 3; minute++)
        {
            _clock.Advance(TimeSpan.FromMinutes(5));
            using var page = await visitor.GetAsync("/tickets");
        }

        using var left = await TestApp.SignOutAsync(visitor);

        var entry = await _app.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync());
        (entry.Action, entry.Address).ShouldBe((AuditActions.SignedOut, "127.0.0.1"));
    }

    [Fact]
    public async Task Circuit_OpenAllDay_EndsTwelveHoursAfterTheSignIn()
    {
        await using var circuit = await _app.OpenCircuitAsync();
        var revalidation = circuit.ServiceProvider.GetRequiredService<AuthenticationStateProvider>().ShouldBeOfType<AdminRevalidation>();
        var admin = (await revalidation.GetAuthenticationStateAsync()).User;

        _clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        (await revalidation.IsCurrentAsync(admin)).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await revalidation.IsCurrentAsync(admin)).ShouldBeFalse();
    }

    [Fact]
    public void Session_ThatDoesNotSayWhenItBegan_IsOver() => SessionRules.IsOver(new ClaimsPrincipal(new ClaimsIdentity("any")), _clock.GetUtcNow()).ShouldBeTrue();
}

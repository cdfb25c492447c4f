using System.Net;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Identity;

/// <summary>What a device cookie is worth: only as much as its bearer's account and password, and never a way in.</summary>
public sealed class KnowingDevicesTests : IAsyncLifetime
{
    private const string NewPassword = "a new password that is longer";

    private readonly TestClock _clock = new();
    private readonly TestApp _app;
    private string _device = null!;

    public KnowingDevicesTests() => _app = TestApp.StartAt(_clock);

    public async Task InitializeAsync()
    {
        using var visitor = _app.NewVisitor();
        using var answer = await TestApp.CreateFirstAdminAsync(visitor, TestApp.AdminName);
        _device = TestApp.CookieOf(answer, "kadm-device");
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Cookie_IsOutOfReachOfScriptsAndOtherSites()
    {
        using var visitor = _app.NewVisitor();

        using var answer = await TestApp.SignInAsync(visitor, TestApp.AdminName, TestApp.AdminPassword);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("kadm-device=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/");
        cookie.ShouldNotContain("domain");
        cookie.ShouldNotContain(TestApp.AdminName);
        TestApp.CookieOf(answer, "kadm-device").ShouldNotBe(_device);
    }

    [Fact]
    public async Task Cookie_Alone_LetsNobodyIn()
    {
        using var thief = VisitorWith(_device);

        using var answer = await thief.GetAsync("/audit");

        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        answer.Headers.Location!.ToString().ShouldContain(AccountRoutes.SignIn);
    }

    [Fact]
    public async Task Cookie_OfTheAccount_IsKnown()
    {
        await LockStrangersOutAsync();

        (await IsLetInAsync(_device, TestApp.AdminName, TestApp.AdminPassword)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("kadm-device=")]
    [InlineData("kadm-device=nonsense")]
    [InlineData("kadm-device=CfDJ8")]
    public async Task Cookie_OfNobody_IsAStrangers(string device)
    {
        await LockStrangersOutAsync();

        (await IsLetInAsync(device, TestApp.AdminName, TestApp.AdminPassword)).ShouldBeFalse();
    }

    [Fact]
    public async Task Cookie_OfAnotherAdmin_IsAStrangers()
    {
        await _app.AsColleagueAsync<UserManager<AdminUser>, bool>(_ => Task.FromResult(true));
        await LockStrangersOutAsync(TestApp.ColleagueName);

        (await IsLetInAsync(_device, TestApp.ColleagueName, TestApp.AdminPassword)).ShouldBeFalse();
    }

    [Fact]
    public async Task Cookie_OfAnOldPassword_IsAStrangers()
    {
        await _app.ChangePasswordAsync(TestApp.AdminName, TestApp.AdminPassword, NewPassword);
        await LockStrangersOutAsync();

        (await IsLetInAsync(_device, TestApp.AdminName, NewPassword)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(179, true)]
    [InlineData(180, false)]
    public async Task Cookie_LastsHalfAYear(int days, bool isKnown)
    {
        _clock.Advance(TimeSpan.FromDays(days));
        await LockStrangersOutAsync();

        (await IsLetInAsync(_device, TestApp.AdminName, TestApp.AdminPassword)).ShouldBe(isKnown);
    }

    [Fact]
    public void Tries_OfMoreDevicesThanAreCounted_AreRefusedUntilSomeAreForgotten()
    {
        var tries = new DeviceTries(Options.Create(new IdentityOptions()), _clock);
        var first = Guid.NewGuid();
        tries.TryBegin(first).ShouldBeTrue();
        Enumerable.Range(1, DeviceTries.MostDevices - 1).ShouldAllBe(_ => tries.TryBegin(Guid.NewGuid()));

        tries.TryBegin(Guid.NewGuid()).ShouldBeFalse();
        tries.TryBegin(first).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(5));
        tries.TryBegin(Guid.NewGuid()).ShouldBeTrue();
    }

    private HttpClient VisitorWith(string device)
    {
        var visitor = _app.NewVisitor();
        visitor.DefaultRequestHeaders.Add("Cookie", device);
        return visitor;
    }

    private async Task<bool> IsLetInAsync(string device, string name, string password)
    {
        using var visitor = VisitorWith(device);
        using var answer = await TestApp.SignInAsync(visitor, name, password);
        return answer.StatusCode == HttpStatusCode.Found;
    }

    private async Task LockStrangersOutAsync(string name = TestApp.AdminName)
    {
        using var guesser = _app.NewVisitor();
        for (var time = 0; time < 5; time++)
        {
            using var wrong = await TestApp.SignInAsync(guesser, name, "a wrong password of mine");
        }
    }
}

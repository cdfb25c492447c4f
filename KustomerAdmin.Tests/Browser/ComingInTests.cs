using KustomerAdmin.Tests.Hostile;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KustomerAdmin.Tests.Browser;

/// <summary>What only a real browser decides: which cookies it takes and sends, and which origin it names.</summary>
[Collection(Alone.Name)]
public sealed class ComingInTests
{
    private const string TrySocket =
        "address => new Promise(done => { const socket = new WebSocket(address); socket.onopen = () => { socket.close(); done('open'); }; socket.onerror = () => done('refused'); })";

    [BrowserFact]
    public async Task Admin_OverHttps_WorksOnTheConsoleAndKeepsOnlyCookiesOfTheHost()
    {
        await using var console = TestApp.StartOverHttps();
        await using var chromium = await Chromium.StartAsync();
        var page = await chromium.OpenAsync(console.Address);

        await SetUpAsync(page);

        var cookies = await page.Context.CookiesAsync();
        cookies.Select(cookie => cookie.Name).ShouldBe(["__Host-kadm", "__Host-kadm-device", "__Host-kadm-form"], ignoreOrder: true);
        cookies.ShouldAllBe(cookie => cookie.Secure && cookie.HttpOnly);
        chromium.Complaints.ShouldBeEmpty();
    }

    /// <summary>To a browser another port is the same site, so the admin's cookie goes along: only the origin tells the two apart.</summary>
    [BrowserFact]
    public async Task Socket_FromThePageOfAnotherPort_IsRefused()
    {
        await using var console = TestApp.Start();
        await using var chromium = await Chromium.StartAsync();
        await using var neighbour = await LocalServer.StartAsync(static context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync("<!DOCTYPE html><title>A neighbour</title>");
        });
        var page = await chromium.OpenAsync(console.Address);
        await SetUpAsync(page);
        var socket = $"ws://{console.Address.Authority}/_blazor";

        var own = await page.EvaluateAsync<string>(TrySocket, socket);
        await page.GotoAsync($"http://127.0.0.1:{neighbour.Address.Port}/");
        var foreign = await page.EvaluateAsync<string>(TrySocket, socket);

        own.ShouldBe("open");
        foreign.ShouldBe("refused");
    }

    /// <summary>To the first sentence that only a circuit shows.</summary>
    private static async Task SetUpAsync(IPage page)
    {
        await page.GotoAsync($"setup?token={TestApp.SetupToken}");
        await page.Locator("[name='Form.Email']").FillAsync(TestApp.AdminName);
        await page.Locator("[name='Form.Password']").FillAsync(TestApp.AdminPassword);
        await page.Locator("[name='Form.Repeat']").FillAsync(TestApp.AdminPassword);
        await page.Locator("main button[type=submit]").ClickAsync();
        await Expect(page.GetByText("No Kustomer organisation is connected yet")).ToBeVisibleAsync();
    }
}

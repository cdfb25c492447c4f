using System.Globalization;
using Bunit;
using KustomerAdmin.Controls;
using KustomerAdmin.Problems;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Problems;

/// <summary>The page, its panel and the badge, with the console's own services.</summary>
public sealed class ProblemsPageTests : NotifyingTest
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Of a page between two looks.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(250);

    private readonly BunitContext _browser = new();
    private AsyncServiceScope _circuit;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _circuit = await App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddRadzenComponents();
        _browser.Services.AddScoped<ViewerClock>();
        _browser.Services.AddSingleton<TimeProvider>(Place.Clock);
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<ProblemList>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<ProblemEvents>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<NotificationTargets>());
        _browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public override async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Page_NothingIsWrong_SaysSo()
    {
        var page = _browser.Render<ProblemsPage>();

        await page.WaitForAssertionAsync(() => page.Find(".empty-title").TextContent.ShouldBe("No open problem"), s_patience);
    }

    [Fact]
    public async Task Page_WhileItIsOpen_ShowsWhatComesAndWhatIsOver()
    {
        var page = _browser.Render<ProblemsPage>();
        await page.WaitForAssertionAsync(() => page.Find(".empty-title"), s_patience);

        await SetKeyEndAsync(TimeSpan.FromDays(20));
        await page.WaitForAssertionAsync(() => page.Find(".problems h2").TextContent.ShouldContain("The key is about to end"), s_patience);
        page.Find(".problems").TextContent.ShouldContain("The key ends on 21 Oct 2026, 12:00 UTC.");
        page.FindAll(".problems dd").Select(static shown => shown.TextContent.Trim()).ShouldBe(["Then nothing is synced and no ticket opens.", "Create a new key in Kustomer and use Replace key."]);

        await Place.Clock.WaitForAlarmAsync(TimeSpan.Zero, s_rest);
        Place.Clock.Advance(TimeSpan.FromSeconds(1));
        await SetKeyEndAsync(null);
        await page.WaitForAssertionAsync(() => page.Find(".problems-over summary").TextContent.ShouldBe("1 over"), s_patience);
        page.FindAll(".problems").ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_DatabaseAway_SaysSoAndReadsAgainOnRetry()
    {
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Problems RENAME TO Away"));
        var page = _browser.Render<ProblemsPage>();
        await page.WaitForAssertionAsync(() => page.Find("[role=alert]").TextContent.ShouldContain("could not be read"), s_patience);
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Away RENAME TO Problems"));

        await page.ActAsync(at => at.Find("button").ClickAsync(new()));

        await page.WaitForAssertionAsync(() => page.Find(".empty-title"), s_patience);
    }

    [Fact]
    public async Task Panel_WebhookAdded_ShowsItsSecretOnceAndTestsIt()
    {
        _browser.Services.GetRequiredService<NavigationManager>().NavigateTo($"problems?instance={InstanceId.ToString(CultureInfo.InvariantCulture)}");
        var page = _browser.Render<ProblemsPage>();
        await page.WaitForAssertionAsync(() => page.Find("#notification-address"), s_patience);

        await page.ActAsync(at => at.Find("#notification-address").InputAsync(new() { Value = "http://hooks.example.com" }));
        await page.ActAsync(at => at.Find(".notification-form").SubmitAsync());
        await page.WaitForAssertionAsync(() => page.Find(".notification-said").TextContent.ShouldBe("Only https addresses can be used."), s_patience);
        await page.ActAsync(at => at.Find("#notification-address").InputAsync(new() { Value = HookAddress }));
        await page.ActAsync(at => at.Find(".notification-form").SubmitAsync());
        await page.WaitForAssertionAsync(() => page.Find(".notification-targets bdi").TextContent.ShouldBe(HookAddress), s_patience);
        var secret = page.Find(".notification-secret code").TextContent;
        secret.Length.ShouldBe(43, "256 bits");

        await page.ActAsync(at => at.Find(".notification-buttons button").ClickAsync(new()));

        await page.WaitForAssertionAsync(() => page.Find(".notification-said").TextContent.ShouldBe("The test was delivered."), s_patience);
        IsSigned(0, secret).ShouldBeTrue();
        page.Markup.ShouldNotContain(secret);
        _browser.Render<NotificationsPanel>(parameters => parameters.Add(panel => panel.InstanceId, InstanceId)).Markup.ShouldNotContain(secret);
    }

    [Fact]
    public async Task Badge_WhileProblemsComeAndGo_CountsThem()
    {
        var badge = _browser.Render<ProblemBadge>();
        badge.Markup.Trim().ShouldBeEmpty();

        await SetKeyEndAsync(TimeSpan.FromDays(20));
        await badge.WaitForAssertionAsync(() => badge.Find(".nav-badge").TextContent.ShouldBe("1 open"), s_patience);

        await Place.Clock.WaitForAlarmAsync(TimeSpan.Zero, s_rest);
        Place.Clock.Advance(TimeSpan.FromSeconds(1));
        await SetKeyEndAsync(null);
        await badge.WaitForAssertionAsync(() => badge.Markup.Trim().ShouldBeEmpty(), s_patience);
    }
}

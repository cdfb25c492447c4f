using Bunit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Usage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Usage;

/// <summary>The page with the console's own services.</summary>
public sealed class UsagePageTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _browser = new();
    private Workplace _place = null!;
    private AsyncServiceScope _circuit;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _circuit = await App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddRadzenComponents();
        _browser.Services.AddScoped<ViewerClock>();
        _browser.Services.AddSingleton<TimeProvider>(_place.Clock);
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<UsageReport>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<RequestLedger>());
        _browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Page_NothingWasSent_SaysWhatIsCountedAndLeadsOn()
    {
        var page = _browser.Render<UsagePage>();

        await page.WaitForAssertionAsync(() => page.Find(".empty-title").TextContent.ShouldBe("No request was sent in this time"), s_patience);
        page.Find(".empty-state a").GetAttribute("href").ShouldBe("integrations");
    }

    [Fact]
    public void Page_Prerendered_ShowsTheSkeletonAndAsksNothing()
    {
        _browser.SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        var page = _browser.Render<UsagePage>();

        page.Find("[role=status]").TextContent.ShouldContain("Loading");
        page.FindAll(".empty-state, .usage-page").ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_DatabaseAway_SaysSoAndReadsAgainOnRetry()
    {
        await App.ConnectAsync(_place.Acme);
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE KustomerRequests RENAME TO Away"));
        var page = _browser.Render<UsagePage>();
        await page.WaitForAssertionAsync(() => page.Find("[role=alert]").TextContent.ShouldContain("The API use could not be read."), s_patience);

        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Away RENAME TO KustomerRequests"));
        await page.ActAsync(at => at.Find("[role=alert] button").ClickAsync(new MouseEventArgs()));

        await page.WaitForAssertionAsync(() => Fact(page, "Requests").ShouldNotBe("0"), s_patience);
        page.FindAll("[role=alert]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_RequestsOfOneInstance_ShowsEachLimitBesideWhatItLimits()
    {
        var instance = await App.ConnectAsync(_place.Acme);
        await EmptyLedgerAsync();
        Send(instance, "v1/users", 1000, 620);
        Send(instance, "v1/customers/search", 100, 40);

        var page = _browser.Render<UsagePage>();

        await page.WaitForAssertionAsync(() => Fact(page, "Requests").ShouldBe("2"), s_patience);
        Fact(page, "Fewest requests left in a minute").ShouldBe("620 of 1,000");
        Fact(page, "Fewest searches left in a minute").ShouldBe("40 of 100");
        page.FindAll(".usage-drawing").Select(chart => chart.GetAttribute("aria-label")).ShouldBe(
        [
            "Requests per minute: 2 in all, at most 2; the limit is 1,000, the share of the sync 500.",
            "Searches per minute: 1 in all, at most 1; the limit is 100, the share of the sync 50.",
        ]);
        page.Find("section[aria-labelledby=usage-purposes] tbody tr").TextContent.ShouldContain("Tickets (sync)");
    }

    [Fact]
    public async Task Page_SeveralInstances_ShowsNoLimitUntilOneIsChosen()
    {
        var acme = await App.ConnectAsync(_place.Acme);
        var globex = await App.ConnectAsync(_place.Globex);
        await EmptyLedgerAsync();
        Send(acme, "v1/users", 1000, 620);
        Send(globex, "v1/users", 300, 20);
        var page = _browser.Render<UsagePage>();
        await page.WaitForAssertionAsync(() => Fact(page, "Requests").ShouldBe("2"), s_patience);
        page.FindAll(".usage-limit").ShouldBeEmpty();
        page.Find("figcaption").TextContent.ShouldContain("choose an instance");

        await page.ActAsync(at => at.Find("select").ChangeAsync(new ChangeEventArgs { Value = $"{globex}" }));
        _place.Clock.Advance(TimeSpan.FromSeconds(1));

        await page.WaitForAssertionAsync(() => Fact(page, "Fewest requests left in a minute").ShouldBe("20 of 300"), s_patience);
        page.Find(".usage-limit-text").TextContent.ShouldBe("Limit 300");
    }

    [Fact]
    public async Task Page_OfAMonth_SaysWhichFiguresAreOfFewerDays()
    {
        var instance = await App.ConnectAsync(_place.Acme);
        Send(instance, "v1/users", 1000, 620);
        _browser.Services.GetRequiredService<NavigationManager>().NavigateTo("usage?period=month");

        var page = _browser.Render<UsagePage>();

        await page.WaitForAssertionAsync(() => page.FindAll(".usage-facts dt").Count.ShouldBe(6), s_patience);
        page.FindAll(".usage-facts dt").Select(fact => fact.TextContent).ShouldBe(
        [
            "Requests", "Fewest requests left in a minute, last 7 days", "Fewest searches left in a minute, last 7 days", "Refused by the limit (429)", "Runs waited for the limit",
            "Requests per opened ticket, all its views, last 7 days",
        ]);
        page.FindAll(".usage-limit").ShouldBeEmpty();
        page.Markup.ShouldContain("What follows is of the last 7 days only");
    }

    /// <summary>Without the connection checks.</summary>
    private async Task EmptyLedgerAsync()
    {
        await App.FlushLedgerAsync();
        await App.StoredAsync(db => db.KustomerRequests.ExecuteDeleteAsync());
    }

    /// <summary>The figure beside its name, as it is read.</summary>
    private static string Fact(IRenderedComponent<UsagePage> page, string name) =>
        page.FindAll(".usage-facts div").Single(fact => fact.QuerySelector("dt")!.TextContent == name).QuerySelector("dd")!.TextContent;

    private void Send(long instance, string endpoint, int limit, int remaining) =>
        App.Record(instance, new RequestCause(RequestPurpose.Tickets), new SentRequest(new KustomerEndpoint(endpoint, null), _place.Clock.GetUtcNow(), TimeSpan.FromMilliseconds(20), 200, true, limit, remaining));
}

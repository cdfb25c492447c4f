using Bunit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Sync.History;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Sync.History;

/// <summary>The page with the console's own services.</summary>
public sealed class RunsPageTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _browser = new();
    private Workplace _place = null!;
    private AsyncServiceScope _circuit;
    private long _instanceId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _instanceId = await App.ConnectAsync(_place.Acme);
        _circuit = await App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddRadzenComponents();
        _browser.Services.AddScoped<ViewerClock>();
        _browser.Services.AddSingleton<TimeProvider>(_place.Clock);
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<RunHistory>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<InstanceActions>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<InstanceEvents>());
        _browser.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Page_NothingHasRun_SaysHowItComesToHoldSomething()
    {
        var page = _browser.Render<RunsPage>();

        await page.WaitForAssertionAsync(() => page.Find(".empty-title").TextContent.ShouldBe("Nothing has run yet"), s_patience);
    }

    [Fact]
    public async Task Page_RunsThatEnded_SayWhatTheyBroughtOrWhyTheyFailed()
    {
        await AddAsync(
            new SyncRun { InstanceId = _instanceId, StartedAt = _place.Clock.GetUtcNow(), EndedAt = _place.Clock.GetUtcNow().AddSeconds(70), Outcome = RunOutcome.Succeeded, Added = 1200, Deleted = 2, Requests = 5, Retries = 1, WaitedMilliseconds = 42_000 },
            new SyncRun { InstanceId = _instanceId, StartedAt = _place.Clock.GetUtcNow(), EndedAt = _place.Clock.GetUtcNow(), Outcome = RunOutcome.Succeeded, Requests = 1, StartedBy = "ada@example.com" },
            new SyncRun { InstanceId = _instanceId, StartedAt = _place.Clock.GetUtcNow(), EndedAt = _place.Clock.GetUtcNow(), Outcome = RunOutcome.Failed, Note = "Kustomer is not answering." });

        var page = _browser.Render<RunsPage>();
        await page.WaitForAssertionAsync(() => page.FindAll("tbody tr").Count.ShouldBe(3), s_patience);

        var rows = page.FindAll("tbody tr").Select(row => string.Join(' ', row.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).ToList();
        rows[0].ShouldContain("Kustomer is not answering.");
        rows[0].ShouldNotContain("Nothing changed");
        rows[1].ShouldContain("Nothing changed since");
        rows[1].ShouldContain("(1 request)");
        rows[1].ShouldContain("by ada@example.com");
        rows[2].ShouldContain("1,200 new, 2 deleted or merged (5 requests)");
        rows[2].ShouldContain("1 retry, waited 42 s");
        rows[2].ShouldContain("1 min 10 s");
    }

    [Fact]
    public async Task Page_RunUnderWay_IsCancelledOnlyWhenConfirmedAndMovesToTheList()
    {
        await AddAsync(new SyncRun { InstanceId = _instanceId, StartedAt = _place.Clock.GetUtcNow(), Added = 500, Pages = 1 });
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).Run = RunState.Syncing);
        var page = _browser.Render<RunsPage>();
        await page.WaitForAssertionAsync(() => page.Find(".live dd").TextContent.ShouldBe("500"), s_patience);

        await page.ActAsync(at => at.Find(".live-cancel button").ClickAsync(new MouseEventArgs()));
        (await App.StoredAsync(db => db.SyncRuns.SingleAsync())).Outcome.ShouldBe(RunOutcome.Running);
        await page.ActAsync(at => at.Find(".live-cancel button").ClickAsync(new MouseEventArgs { Detail = 1 }));

        await page.WaitForAssertionAsync(() => page.Find("tbody tr").TextContent.ShouldContain($"Cancelled by {TestApp.AdminName}."), s_patience);
        page.FindAll(".live").ShouldBeEmpty();
    }

    private Task AddAsync(params SyncRun[] runs) => App.ChangeStoredAsync(db =>
    {
        db.SyncRuns.AddRange(runs);
        return Task.CompletedTask;
    });
}

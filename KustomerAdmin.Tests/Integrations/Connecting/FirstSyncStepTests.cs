using Bunit;
using KustomerAdmin.Integrations.Connecting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests.Integrations.Connecting;

/// <summary>Connect's second step with the console's own services, against the emulator.</summary>
public sealed class FirstSyncStepTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _browser = new();
    private Workplace _place = null!;
    private AsyncServiceScope _circuit;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _circuit = await _place.App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<FirstSync>());
        _browser.Services.AddSingleton<TimeProvider>(_place.Clock);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Step_AfterConnecting_ShowsTheForecastAndStartsWhatIsChosen()
    {
        Forecast? defaults = null;
        var started = new TaskCompletionSource();
        var step = await ShowAsync(_place.Acme.Keys.Full, forecast => defaults = forecast, started.SetResult);
        step.FindAll(".forecast dd").Select(shown => shown.TextContent).ShouldBe(["60", "3", "under a minute", "50 a minute"]);
        var searches = _place.Searches;

        await step.ActAsync(at => at.Find("#first-sync-share").ChangeAsync(new() { Value = "20" }));
        step.FindAll(".forecast dd")[^1].TextContent.ShouldBe("80 a minute");
        _place.Searches.ShouldBe(searches, "a share needs no request");
        await step.ActAsync(at => at.Find("#first-sync-start").ChangeAsync(new() { Value = "30" }));
        await step.WaitForAssertionAsync(() => step.Find(".forecast dd").TextContent.ShouldNotBe("60"), s_patience);
        await step.ActAsync(at => at.Find(".connect-buttons button").ClickAsync(new()));

        await started.Task.WaitAsync(s_patience);
        defaults.ShouldNotBeNull().Tickets.ShouldBe(60, "what the defaults take does not change with the choice");
        (await _place.App.StoredAsync(db => db.Instances.SingleAsync())).ShouldSatisfyAllConditions(
            instance => instance.RateShare.ShouldBe(20),
            instance => instance.SyncFrom.ShouldNotBeNull().ShouldBeLessThan(_place.Clock.GetUtcNow().AddDays(-29)),
            instance => instance.NextRunAt.ShouldBe(_place.Clock.GetUtcNow()));
        (await _place.App.StoredAsync(db => db.SyncForecasts.SingleAsync())).RateShare.ShouldBe(20);
    }

    [Fact]
    public async Task Step_KeyThatLacksARole_SaysWhatWillNotWork()
    {
        var step = await ShowAsync(_place.Acme.Keys.WithoutMessages, _ => { }, () => { });

        step.Find(".first-sync-lacks").TextContent.ShouldContain("Messages will not open");
    }

    private async Task<IRenderedComponent<FirstSyncStep>> ShowAsync(string key, Action<Forecast> onForecast, Action onStarted)
    {
        var connected = (await _place.App.TryConnectAsync(new ConnectRequest("Acme", "acme", key))).ShouldBeOfType<ConnectResult.Connected>();
        var step = _browser.Render<FirstSyncStep>(parameters => parameters
            .Add(step => step.InstanceId, connected.InstanceId)
            .Add(step => step.Report, connected.Report)
            .Add(step => step.OnForecastOfDefaults, onForecast)
            .Add(step => step.OnStarted, onStarted));
        await step.WaitForAssertionAsync(() => step.Find(".forecast").GetAttribute("aria-busy").ShouldBe("false"), s_patience);
        return step;
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Integrations.Connecting;

/// <summary>Connect's second step without its page.</summary>
public sealed class FirstSyncTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(tickets: 1200);
        _instanceId = (await App.TryConnectAsync(new ConnectRequest("Acme", "acme", _place.Acme.Keys.ReadOnly))).ShouldBeOfType<ConnectResult.Connected>().InstanceId;
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Forecast_OfAll_CostsTwoSearchesAndComesTrue()
    {
        var before = _place.Searches;

        var forecast = (await ForecastAsync(null)).Forecast.ShouldNotBeNull();

        (_place.Searches - before).ShouldBe(2);
        forecast.Tickets.ShouldBe(1184, "the others are in the archive");
        forecast.PerMinute.ShouldBe(50);
        forecast.LeftForOthers.ShouldBe(50);
        await StartAsync(new FirstSyncChoice { Forecast = forecast });
        var run = await App.RunSyncAsync(_instanceId);
        run.Added.ShouldBe((int)forecast.Tickets);
        run.Requests.ShouldBeInRange(forecast.Requests - 1, forecast.Requests + 2);
        (await App.StoredAsync(db => db.SyncForecasts.SingleAsync())).ShouldSatisfyAllConditions(
            row => row.Tickets.ShouldBe(1184),
            row => row.Requests.ShouldBe(forecast.Requests),
            row => row.LeftForOthers.ShouldBe(50));
    }

    [Fact]
    public async Task Forecast_OlderThanTheSearchHolds_CountsTheArchiveToo()
    {
        var all = (await ForecastAsync(null)).Forecast.ShouldNotBeNull();

        var older = (await ForecastAsync(_place.Clock.GetUtcNow().AddYears(-5))).Forecast.ShouldNotBeNull();

        older.Tickets.ShouldBeGreaterThanOrEqualTo(all.Tickets);
        _place.Sandbox.Requests.Counts.GetValueOrDefault("acme POST /v1/customers/archive/search").ShouldBe(1);
    }

    [Fact]
    public async Task Forecast_KustomerIsAway_SaysWhyAndTheSyncCanStartAllTheSame()
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.HtmlPage });

        var answer = await ForecastAsync(null);

        answer.Forecast.ShouldBeNull();
        answer.Problem.ShouldNotBeNullOrEmpty();
        (await StartAsync(FirstSyncChoice.Default)).ShouldBeNull();
        (await App.InstanceAsync(_instanceId)).NextRunAt.ShouldBe(_place.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Start_ASecondTime_KeepsWhatWasChosenFirst()
    {
        var from = _place.Clock.GetUtcNow().AddDays(-90);
        await StartAsync(new FirstSyncChoice { From = from, RateShare = 30 });

        (await StartAsync(FirstSyncChoice.Default)).ShouldBeNull();

        var instance = await App.InstanceAsync(_instanceId);
        (instance.SyncFrom, instance.RateShare).ShouldBe((from, 30));
        (await App.StoredAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.FirstSyncStarted).Select(entry => entry.Detail).ToListAsync()))
            .ShouldHaveSingleItem().ShouldNotBeNull().ShouldContain("30 % of the rate limit");
    }

    [Fact]
    public async Task Start_AfterItBeganByItself_SaysThatTheChoiceCameTooLate()
    {
        await App.RunSyncAsync(_instanceId);

        var refusal = await StartAsync(new FirstSyncChoice { From = _place.Clock.GetUtcNow().AddDays(-30), RateShare = 20 });

        refusal.ShouldBe("The first sync has begun already: all that Kustomer's search holds (two years), at 50 % of the rate limit. Change both under Settings.");
        (await StartAsync(FirstSyncChoice.Default with { Forecast = null })).ShouldBeNull("it is as it was left to be");
    }

    [Fact]
    public async Task Start_InTheFuture_IsRefused()
    {
        (await StartAsync(new FirstSyncChoice { From = _place.Clock.GetUtcNow().AddDays(2) })).ShouldNotBeNull();

        (await App.InstanceAsync(_instanceId)).SyncFrom.ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 0, 3)]
    [InlineData(500, 500, 3)]
    [InlineData(501, 500, 4)]
    [InlineData(40_000, 9_000, 99)]
    public void Requests_OfAForecast_AreFullPagesAndOneForTheFields(int tickets, int customers, int requests) =>
        new Forecast(tickets, customers, IsAtLeast: false, Limit: 100, IsLimitTold: true, RateShare: 50).Requests.ShouldBe(requests);

    private Task<ForecastAnswer> ForecastAsync(DateTimeOffset? from) => App.AsAdminAsync<FirstSync, ForecastAnswer>(sync => sync.ForecastAsync(_instanceId, from, 50, default));

    private Task<string?> StartAsync(FirstSyncChoice choice) => App.AsAdminAsync<FirstSync, string?>(sync => sync.StartAsync(_instanceId, choice, default));
}

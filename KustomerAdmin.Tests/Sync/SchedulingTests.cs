using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>With the console's own schedule, as it runs at the operator's.</summary>
public sealed class SchedulingTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(isScheduled: true);
        _instanceId = await App.ConnectAsync(_place.Acme);
        await App.WaitForAsync(_instanceId, IsResting);
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task SyncNow_AskedTheMomentARunEnded_NeverWaitsForTheClock()
    {
        for (var again = 2; again <= 30; again++)
        {
            (await App.AsAdminAsync<InstanceActions, string?>(actions => actions.RequestSyncAsync(_instanceId, CancellationToken.None))).ShouldBeNull();
            await WaitForRunsAsync(again);
        }
    }

    [Fact]
    public async Task Lease_OfAConsoleThatDied_TheScheduleTakesOverWhenItExpires()
    {
        await App.ChangeStoredAsync(async db =>
        {
            var instance = await db.Instances.SingleAsync();
            (instance.Run, instance.LeaseOwner, instance.LeaseExpiresAt, instance.NextRunAt) = (RunState.Syncing, "a console that died", _place.Clock.GetUtcNow().AddSeconds(60), _place.Clock.GetUtcNow());
        });
        App.Events.Publish(_instanceId);
        await AdvanceAsync(seconds: 55);
        var early = await RunsAsync();
        await AdvanceAsync(seconds: 10);

        await WaitForRunsAsync(2);
        early.ShouldBe(1);
    }

    [Fact]
    public async Task Paused_Instance_IsNotStartedUntilItIsResumed()
    {
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).Run = RunState.Paused);
        await AdvanceAsync(seconds: 20 * 60);
        var whilePaused = await RunsAsync();
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).Run = RunState.Idle);
        App.Events.Publish(_instanceId);

        await WaitForRunsAsync(2);
        whilePaused.ShouldBe(1);
    }

    private static bool IsResting(Instance instance) => instance is { Run: RunState.Idle, LastRanAt: not null, LeaseOwner: null };

    private Task<int> RunsAsync() => App.StoredAsync(db => db.SyncRuns.CountAsync(run => run.Outcome == RunOutcome.Succeeded));

    private async Task WaitForRunsAsync(int count)
    {
        using var changed = new SemaphoreSlim(0);
        void OnChanged(long id) => changed.Release();
        App.Events.Changed += OnChanged;
        while (await RunsAsync() < count)
        {
            (await changed.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue("no run began");
        }

        App.Events.Changed -= OnChanged;
    }

    /// <summary>In steps that the schedule sees: it sleeps thirty seconds at most.</summary>
    private async Task AdvanceAsync(int seconds)
    {
        for (; seconds > 0; seconds -= 5)
        {
            await _place.Clock.WaitForAlarmAsync(TimeSpan.Zero, TimeSpan.FromSeconds(31));
            _place.Clock.Advance(TimeSpan.FromSeconds(5));
        }
    }
}

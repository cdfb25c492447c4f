using System.Diagnostics;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>An admin disconnects, pauses or cancels while a run is at each of its stages. The clock stands: nothing ends because a wait is over.</summary>
public sealed class StoppingTests : SyncTest
{
    private const string Search = "/v1/customers/search";

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(5);

    protected override int Tickets => 540;

    [Theory]
    [InlineData(Stop.Disconnect)]
    [InlineData(Stop.Pause)]
    [InlineData(Stop.Cancel)]
    public async Task Fetching_Stopped_EndsSoonAndWritesNothing(Stop stop)
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = Search, Kind = FaultKind.Timeout, Times = 1 });
        var running = App.RunSyncAsync(InstanceId);
        await WaitUntilAskedAsync();

        await StopAsync(stop);

        await EndsSoonAsync(running, stop, tickets: 0);
    }

    [Theory]
    [InlineData(Stop.Disconnect)]
    [InlineData(Stop.Pause)]
    [InlineData(Stop.Cancel)]
    public async Task Waiting_ForTheRateLimitAndStopped_EndsSoonAndWritesNothing(Stop stop)
    {
        Place.Sandbox.Behaviour.SearchesPerMinute = Place.Searches + 1;
        var running = App.RunSyncAsync(InstanceId);
        await App.WaitForAsync(InstanceId, instance => instance is { Run: RunState.Waiting, TicketCount: 500 });
        Place.Sandbox.Behaviour.SearchesPerMinute = 100;

        await StopAsync(stop);

        await EndsSoonAsync(running, stop, tickets: 500);
    }

    [Theory]
    [InlineData(Stop.Disconnect)]
    [InlineData(Stop.Pause)]
    [InlineData(Stop.Cancel)]
    public async Task Stored_APageAndStopped_EndsSoonAndWritesNoOther(Stop stop)
    {
        var stored = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var raised = 0;
        void OnChanged(long id)
        {
            // The first one says that the run began, the second that a page is stored.
            if (Interlocked.Increment(ref raised) == 2)
            {
                stored.SetResult();
            }
        }

        // The next page is asked for meanwhile; it must not be quicker than the admin.
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = Search, Kind = FaultKind.Timeout, EveryNth = 2 });
        App.Events.Changed += OnChanged;
        var running = App.RunSyncAsync(InstanceId);
        await stored.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await StopAsync(stop);

        await EndsSoonAsync(running, stop, tickets: 500);
        App.Events.Changed -= OnChanged;
    }

    [Fact]
    public async Task Cancelled_GoesOnAtTheUsualTimeAndPausedOnlyWhenResumed()
    {
        Place.Sandbox.Behaviour.SearchesPerMinute = Place.Searches + 1;
        var running = App.RunSyncAsync(InstanceId);
        await App.WaitForAsync(InstanceId, instance => instance is { Run: RunState.Waiting, TicketCount: 500 });
        await StopAsync(Stop.Cancel);
        await running;
        var cancelled = await App.InstanceAsync(InstanceId);

        await StopAsync(Stop.Pause);
        await App.RunSyncAsync(InstanceId);

        cancelled.NextRunAt.ShouldBe(Place.Clock.GetUtcNow().AddMinutes(15));
        cancelled.Run.ShouldBe(RunState.Idle);
        (await App.StoredAsync(db => db.SyncRuns.CountAsync())).ShouldBe(1);
    }

    private async Task EndsSoonAsync(Task<SyncRun> running, Stop stop, int tickets)
    {
        var watch = Stopwatch.StartNew();
        var run = await running.WaitAsync(s_soon);
        watch.Elapsed.ShouldBeLessThan(s_soon);
        var sent = Place.Sandbox.Requests.Counts.Values.Sum();
        Place.Sandbox.Faults.Clear();

        run.Outcome.ShouldBe(RunOutcome.Cancelled);
        run.Note.ShouldNotBeNull().ShouldContain(stop switch { Stop.Disconnect => "disconnected", Stop.Pause => TestApp.AdminName, Stop.Cancel => "changed" });
        (await StoredCountAsync()).ShouldBe(tickets);
        (await App.InstanceAsync(InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(stop is Stop.Disconnect ? CredentialState.Disconnected : CredentialState.Connected),
            instance => instance.Run.ShouldBe(stop is Stop.Pause ? RunState.Paused : RunState.Idle),
            instance => (instance.WaitingUntil, instance.LeaseOwner, instance.Failures).ShouldBe((null, null, 0)),
            instance => instance.TicketCount.ShouldBe(tickets));
        Place.Sandbox.Requests.Counts.Values.Sum().ShouldBe(sent);
    }

    private async Task StopAsync(Stop stop)
    {
        if (stop is Stop.Disconnect)
        {
            (await App.DisconnectAsync(InstanceId)).ShouldBeNull();
            return;
        }

        await App.ChangeStoredAsync(async db =>
        {
            var instance = await db.Instances.SingleAsync();
            instance.Epoch++;
            if (stop is Stop.Pause)
            {
                (instance.Run, instance.PausedBy, instance.WaitingUntil) = (RunState.Paused, TestApp.AdminName, null);
            }
        });
        App.Events.Publish(InstanceId);
    }

    /// <summary>The fault is used up when the request is there.</summary>
    private async Task WaitUntilAskedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Place.Sandbox.Faults.Active.Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), patience.Token);
        }
    }

    public enum Stop
    {
        Disconnect,
        Pause,
        Cancel,
    }
}

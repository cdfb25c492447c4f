using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>A run waits for Kustomer's limit longer than the overlap, in an organisation with tickets dated in the future.</summary>
public sealed class LongWaitTests : SyncTest
{
    private static readonly TimeSpan s_lag = TimeSpan.FromMinutes(2);

    protected override int Tickets => 620;

    [Fact]
    public async Task Update_WaitsBetweenPagesForLongerThanTheOverlap_LosesNothingThatChangedMeanwhile()
    {
        await App.RunSyncAsync(InstanceId);
        var cursor = (await App.InstanceAsync(InstanceId)).SyncCursor!.Value;
        Place.Clock.Advance(TimeSpan.FromMinutes(20));
        await FillAPageUpToTheFutureAsync(cursor.AddMinutes(-10));
        Place.Clock.Advance(TimeSpan.FromMinutes(3));
        var began = Place.Clock.GetUtcNow();
        Place.Sandbox.Behaviour.SearchesPerMinute = 1;

        var running = App.RunSyncAsync(InstanceId);
        await App.WaitForAsync(InstanceId, instance => instance is { Run: RunState.Waiting });
        await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(63));
        var changed = Place.Acme.ConversationIds[^20];
        Place.Acme.Touch(changed).ShouldBeTrue();
        Place.Sandbox.Behaviour.SearchesPerMinute = 100;
        Place.Clock.Advance(TimeSpan.FromMinutes(12));
        var run = await running;
        var reached = (await App.InstanceAsync(InstanceId)).SyncCursor;
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        await App.RunSyncAsync(InstanceId);

        (run.Outcome, run.Pages).ShouldBe((RunOutcome.Succeeded, 2));
        reached.ShouldBe(began.AddMinutes(-1));
        (await TicketAsync(changed)).UpdatedAt.ShouldBe(began);
    }

    [Fact]
    public async Task FirstLoad_OfNothingYetThatWaitsLong_BringsWhatWasCreatedMeanwhile()
    {
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).SyncFrom = Place.Clock.GetUtcNow().AddYears(100));
        Place.Sandbox.Behaviour.SearchesPerMinute = Place.Searches;
        var running = App.RunSyncAsync(InstanceId);
        await App.WaitForAsync(InstanceId, instance => instance is { Run: RunState.Waiting });
        await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(63));
        var began = Place.Clock.GetUtcNow();
        Place.Sandbox.Behaviour.SearchesPerMinute = 100;
        Place.Clock.Advance(TimeSpan.FromMinutes(30));

        (await running).Outcome.ShouldBe(RunOutcome.Succeeded);

        (await App.InstanceAsync(InstanceId)).SyncCursor.ShouldBe(began.AddMinutes(-1));
    }

    [Fact]
    public async Task FirstLoad_CountsCustomersForLong_LetsAnUpdateInBetween()
    {
        var all = await KustomersCountAsync();
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).RateShare = 100);
        Place.Sandbox.Behaviour.SearchesPerMinute = Place.Searches + 2;
        var running = App.RunSyncAsync(InstanceId);
        await App.WaitForAsync(InstanceId, instance => instance.Run is RunState.Waiting && instance.TicketCount == all);
        await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(63));
        var created = Place.Acme.Create("While customers are counted");
        Place.Sandbox.Behaviour.SearchesPerMinute = 100;
        Place.Clock.Advance(TimeSpan.FromMinutes(16));

        var run = await running;

        (run.Kind, run.Outcome).ShouldBe((RunKind.FirstLoad, RunOutcome.Succeeded));
        var customer = (await TicketAsync(created)).CustomerId;
        (await App.StoredAsync(db => db.Customers.Where(row => row.Id == customer).Select(row => row.ConversationCount).SingleAsync())).ShouldNotBeNull("what came in between is counted, too");
    }

    [Fact]
    public async Task FirstLoad_WaitsLong_LetsAnUpdateInBetween()
    {
        Place.Sandbox.Behaviour.SearchesPerMinute = Place.Searches + 1;
        var running = App.RunSyncAsync(InstanceId);
        await App.WaitForAsync(InstanceId, instance => instance is { Run: RunState.Waiting, TicketCount: 500 });
        await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(63));
        var began = Place.Clock.GetUtcNow();
        var created = Place.Acme.Create("While it loads");
        Place.Sandbox.Behaviour.SearchesPerMinute = 100;
        Place.Clock.Advance(TimeSpan.FromMinutes(16));

        var run = await running;

        (run.Kind, run.Outcome).ShouldBe((RunKind.FirstLoad, RunOutcome.Succeeded));
        (await TicketAsync(created)).Subject.ShouldBe("While it loads");
        (await App.InstanceAsync(InstanceId)).SyncCursor.ShouldBe(began.AddMinutes(15));
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
    }

    protected override SandboxOptions Change(SandboxOptions options) => options with { IndexLag = s_lag, AwkwardFutureDates = true };

    /// <summary>Changes so many that the page of what is new ends with one of two that are dated in the future, and the other is on the next.</summary>
    private async Task FillAPageUpToTheFutureAsync(DateTimeOffset from)
    {
        var now = Place.Clock.GetUtcNow();
        var isInWindow = await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.UpdatedAt >= from && ticket.UpdatedAt < now));
        var older = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.UpdatedAt < from).OrderByDescending(ticket => ticket.UpdatedAt)
            .Take(499 - isInWindow).Select(ticket => ticket.KustomerId).ToListAsync());
        foreach (var id in older)
        {
            Place.Acme.Touch(id).ShouldBeTrue();
            Place.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        older.Count.ShouldBe(499 - isInWindow);
    }
}

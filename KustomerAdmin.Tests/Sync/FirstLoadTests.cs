using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>A first load of several pages, newest first.</summary>
public sealed class FirstLoadTests : SyncTest
{
    protected override int Tickets => 1300;

    [Fact]
    public async Task Load_StoppedAfterItsFirstPage_HasTheNewestAndGoesOnDownwards()
    {
        var began = Place.Clock.GetUtcNow();
        await App.RunSyncUntilAPageIsStoredAsync(InstanceId);
        var stopped = await App.InstanceAsync(InstanceId);
        var stored = await StoredAsync();

        var second = await App.RunSyncAsync(InstanceId);

        stored.Count.ShouldBe(500);
        stopped.HistoryCursor.ShouldBe(stored.Min());
        stopped.SyncCursor.ShouldBe(began.AddMinutes(-1));
        stopped.HistoryDoneAt.ShouldBeNull();
        (second.Kind, second.Outcome, second.WindowTo).ShouldBe((RunKind.FirstLoad, RunOutcome.Succeeded, stopped.HistoryCursor));
        (await StoredAsync()).Count(moment => moment >= stopped.HistoryCursor).ShouldBeGreaterThanOrEqualTo(500);
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
        (await App.InstanceAsync(InstanceId)).HistoryDoneAt.ShouldNotBeNull();
        (await App.StoredAsync(db => db.Customers.CountAsync(customer => customer.ConversationCount == null))).ShouldBeLessThan(10);
    }

    [Fact]
    public async Task Load_TicketsChangeWhileItRuns_TheNextRunHasThemAll()
    {
        await App.RunSyncUntilAPageIsStoredAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(2));
        Place.Acme.Churn(200);
        var created = Place.Acme.Create("While it loads");

        await App.RunSyncAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        await App.RunSyncAsync(InstanceId);

        (await TicketAsync(created)).Subject.ShouldBe("While it loads");
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
        var touched = Place.Clock.GetUtcNow().AddMinutes(-15);
        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.UpdatedAt >= touched))).ShouldBe(201);
    }

    [Fact]
    public async Task Load_GoesOnLongAfterItBegan_BringsWhatChangedFirst()
    {
        await App.RunSyncUntilAPageIsStoredAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(20));
        var created = Place.Acme.Create("While it waited");

        await App.RunSyncUntilAPageIsStoredAsync(InstanceId);

        (await TicketAsync(created)).Subject.ShouldBe("While it waited");
        (await App.InstanceAsync(InstanceId)).SyncCursor.ShouldBe(Place.Clock.GetUtcNow().AddMinutes(-1));
    }

    [Fact]
    public async Task Load_StartDateGiven_ReadsNothingOlderAndGoesOnWhenItIsMovedBack()
    {
        var from = Place.Clock.GetUtcNow().AddDays(-100);
        await SetStartAsync(from);
        await App.RunSyncAsync(InstanceId);
        var (oldest, before) = ((await StoredAsync()).Min(), await StoredCountAsync());
        await SetStartAsync(from.AddDays(-100));

        var again = await App.RunSyncAsync(InstanceId);

        oldest.ShouldBeGreaterThanOrEqualTo(from);
        again.Kind.ShouldBe(RunKind.FirstLoad);
        again.Added.ShouldBeGreaterThan(0);
        again.Unchanged.ShouldBeLessThan(10, "what is stored is not read again");
        (await StoredAsync()).Min().ShouldBeInRange(from.AddDays(-100), from);
        (await StoredCountAsync()).ShouldBe(before + again.Added);
    }

    [Fact]
    public async Task Load_PagesTooLarge_AreHalvedUntilTheyFit()
    {
        // Twice: of 500 and of 250.
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.OversizeBody, Bytes = 11_000_000, Times = 2 });

        var run = await App.RunSyncAsync(InstanceId);

        (run.Outcome, run.Unreadable).ShouldBe((RunOutcome.Succeeded, 0));
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
        run.Pages.ShouldBeInRange(4, 8, "of 125, 250 and then 500 again");
    }

    [Fact]
    public async Task Load_OfAnInstanceFromBefore_ReadsAllOnceMoreAndKeepsItsCursor()
    {
        await App.RunSyncAsync(InstanceId);
        var cursor = (await App.InstanceAsync(InstanceId)).SyncCursor;
        await App.ChangeStoredAsync(async db =>
        {
            var instance = await db.Instances.SingleAsync();
            (instance.HistoryCursor, instance.HistoryDoneAt) = (null, null);
            await db.Tickets.OrderBy(ticket => ticket.UpdatedAt).Take(30).ExecuteDeleteAsync();
            instance.TicketCount -= 30;
        });
        Place.Clock.Advance(TimeSpan.FromHours(3));
        var created = Place.Acme.Create("After the upgrade");

        var run = await App.RunSyncAsync(InstanceId);

        (run.Kind, run.Outcome, run.Added).ShouldBe((RunKind.FirstLoad, RunOutcome.Succeeded, 31));
        (await TicketAsync(created)).Subject.ShouldBe("After the upgrade");
        (await App.InstanceAsync(InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.SyncCursor.ShouldNotBeNull().ShouldBeGreaterThan(cursor!.Value),
            instance => instance.HistoryDoneAt.ShouldNotBeNull());
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Load_StoppedWhileTheGatewayWaitsToAskAgain_EndsAtOnceAndGoesOnFromThere()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.Status, Status = 503, RetryAfter = 50 });
        using var stop = new CancellationTokenSource();
        var running = App.RunSyncAsync(InstanceId, stop.Token);
        await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(50));

        await stop.CancelAsync();
        var run = await running.WaitAsync(TimeSpan.FromSeconds(5));
        Place.Sandbox.Faults.Clear();
        var next = await App.RunSyncAsync(InstanceId);

        (run.Outcome, run.Added).ShouldBe((RunOutcome.Cancelled, 0));
        next.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Load_StartDateBeforeTwoYears_GoesOnThroughTheArchive()
    {
        await SetStartAsync(Place.Clock.GetUtcNow().AddYears(-5));

        var run = await App.RunSyncAsync(InstanceId);

        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await StoredCountAsync()).ShouldBe(Place.Acme.ConversationCount);
        (await StoredAsync()).Min().ShouldBeLessThan(Place.Clock.GetUtcNow().AddYears(-2));
        Place.Sandbox.Requests.Counts["acme POST /v1/customers/archive/search"].ShouldBe(1);
    }

    [Fact]
    public async Task Load_Whole_CostsThePagesTheCustomersAndTheDefinitions()
    {
        Place.Sandbox.Requests.Clear();

        var run = await App.RunSyncAsync(InstanceId);

        run.Pages.ShouldBeInRange(3, 4, "three pages, and one more where a bulk edit lies between two");
        run.Requests.ShouldBeLessThanOrEqualTo(run.Pages + 2 + 1);
        Place.Sandbox.Requests.Counts.Values.Sum().ShouldBe(run.Requests);
    }

    private Task<int> SetStartAsync(DateTimeOffset from) => App.ChangeStoredAsync(async db =>
    {
        var instance = await db.Instances.SingleAsync();
        (instance.SyncFrom, instance.HistoryDoneAt) = (from, null);
    });

    private Task<List<DateTimeOffset>> StoredAsync() => App.StoredAsync(db => db.Tickets.Select(ticket => ticket.UpdatedAt).ToListAsync());
}

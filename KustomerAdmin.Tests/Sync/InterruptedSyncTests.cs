using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>What happens to a run of two pages between its pages.</summary>
public sealed class InterruptedSyncTests : SyncTest
{
    private const string Search = "/v1/customers/search";

    protected override int Tickets => 540;

    [Fact]
    public async Task Run_CancelledBetweenPages_ContinuesFromTheCursorAndMissesNothing()
    {
        var first = await App.RunSyncUntilAPageIsStoredAsync(InstanceId);
        var cursor = (await App.InstanceAsync(InstanceId)).SyncCursor;

        var second = await App.RunSyncAsync(InstanceId);

        (first.Outcome, first.Pages).ShouldBe((RunOutcome.Cancelled, 1));
        cursor.ShouldNotBeNull();
        (second.Outcome, second.Unchanged).ShouldSatisfyAllConditions(
            end => end.Outcome.ShouldBe(RunOutcome.Succeeded),
            end => end.Unchanged.ShouldBeLessThan(300, "what was read is not read again"));
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
        (await App.InstanceAsync(InstanceId)).TicketCount.ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Run_CancelledBetweenPages_LeavesNoCustomerUncountedAndNoFieldUnnamed()
    {
        await App.RunSyncUntilAPageIsStoredAsync(InstanceId);

        await App.RunSyncAsync(InstanceId);

        (await UncountedAsync()).ShouldBeLessThan(10);
        (await UnnamedAsync()).ShouldBeLessThanOrEqualTo(1, "the definition of one was deleted");
    }

    [Fact]
    public async Task Run_KustomerFailsBeforeTheCustomers_LeavesNoneUncountedAfterTheNext()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = Search, Kind = FaultKind.Status, Status = 400, EveryNth = 3, Times = 1 });

        var first = await App.RunSyncAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        var second = await App.RunSyncAsync(InstanceId);
        var third = await App.RunSyncAsync(InstanceId);

        (first.Outcome, second.Outcome).ShouldBe((RunOutcome.Failed, RunOutcome.Succeeded));
        first.Note.ShouldNotBeNull().ShouldContain("status 400");
        (await UncountedAsync()).ShouldBeLessThan(10);
        (await UnnamedAsync()).ShouldBeLessThanOrEqualTo(1, "the definition of one was deleted");
        third.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Limit_UsedUpBetweenPages_WaitsSendsNothingAndGoesOn()
    {
        Place.Sandbox.Behaviour.SearchesPerMinute = Place.Searches + 1;

        var running = App.RunSyncAsync(InstanceId);
        var waiting = await App.WaitForAsync(InstanceId, instance => instance is { Run: RunState.Waiting, TicketCount: 500 });
        await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(63));
        var sent = Place.Searches;
        Place.Clock.Advance(TimeSpan.FromSeconds(30));
        var sentWhileWaiting = Place.Searches - sent;
        Place.Sandbox.Behaviour.SearchesPerMinute = 100;
        Place.Clock.Advance(TimeSpan.FromSeconds(33));
        var run = await running;

        waiting.WaitingUntil.ShouldNotBeNull();
        sentWhileWaiting.ShouldBe(0);
        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await App.InstanceAsync(InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.Run.ShouldBe(RunState.Idle),
            instance => instance.WaitingUntil.ShouldBeNull());
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Limit_UsedUpAtTheDefinitions_IsAPauseToo()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/metadata", Kind = FaultKind.Status, Status = 429, Times = 1 });

        var running = App.RunSyncAsync(InstanceId);
        await Task.WhenAny(running, Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(63)));
        Place.Clock.Advance(TimeSpan.FromSeconds(63));

        (await running).Outcome.ShouldBe(RunOutcome.Succeeded);
        (await UnnamedAsync()).ShouldBeLessThanOrEqualTo(1, "the definition of one was deleted");
    }

    [Fact]
    public async Task Key_RejectedBetweenPages_StopsTheInstanceAndKeepsWhatIsThere()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = Search, Kind = FaultKind.Status, Status = 401, EveryNth = 2, Times = 1 });
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/auth/tokens/current", Kind = FaultKind.Status, Status = 401 });

        var run = await App.RunSyncAsync(InstanceId);
        var sent = Place.Sandbox.Requests.Counts.Values.Sum();
        await App.RunSyncAsync(InstanceId);

        run.Outcome.ShouldBe(RunOutcome.Failed);
        (await App.InstanceAsync(InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.NotAuthenticated),
            instance => instance.CredentialNote.ShouldNotBeNull().ShouldContain("Fix credentials"),
            instance => instance.TicketCount.ShouldBe(500));
        Place.Sandbox.Requests.Counts.Values.Sum().ShouldBe(sent);
    }

    [Fact]
    public async Task Instance_DisconnectedBetweenPages_TakesNothingMore()
    {
        Place.Sandbox.Behaviour.SearchesPerMinute = Place.Searches + 1;
        var running = App.RunSyncAsync(InstanceId);
        await App.WaitForAsync(InstanceId, instance => instance is { Run: RunState.Waiting, TicketCount: 500 });
        await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(63));
        (await App.DisconnectAsync(InstanceId)).ShouldBeNull();
        Place.Sandbox.Behaviour.SearchesPerMinute = 100;
        Place.Clock.Advance(TimeSpan.FromSeconds(63));

        var run = await running;

        run.Outcome.ShouldBe(RunOutcome.Cancelled);
        (await StoredCountAsync()).ShouldBe(500);
        (await App.InstanceAsync(InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.Disconnected),
            instance => instance.Run.ShouldBe(RunState.Idle),
            instance => instance.TicketCount.ShouldBe(500),
            instance => instance.NextRunAt.ShouldBeNull());
    }

    private Task<int> UncountedAsync() => App.StoredAsync(db => db.Customers.CountAsync(customer => customer.ConversationCount == null));

    private Task<int> UnnamedAsync() => App.StoredAsync(db => db.MetadataFields.CountAsync(field => field.Key == "custom." + field.DisplayName));
}

using System.Text;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Sync;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>Runs that fail, one after the other, and the one that does not any more.</summary>
public sealed class FailingTests : SyncTest
{
    private const string Search = "/v1/customers/search";

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(3, 120)]
    [InlineData(4, 240)]
    [InlineData(5, 480)]
    [InlineData(6, 900)]
    [InlineData(1000, 900)]
    public void Pause_AfterFailures_DoublesUpToTheInterval(int failures, int seconds) =>
        RunPlan.PauseAfter(failures, TimeSpan.FromMinutes(15)).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task Outage_OfHalfAnHour_IsTriedLessAndLessOftenToldTwiceAndOver()
    {
        var fault = Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = Search, Kind = FaultKind.Status, Status = 400 });
        var began = Place.Clock.GetUtcNow();
        List<TimeSpan?> pauses = [];
        for (var failure = 0; failure < 4; failure++)
        {
            await App.RunSyncAsync(InstanceId);
            pauses.Add((await App.InstanceAsync(InstanceId)).NextRunAt - Place.Clock.GetUtcNow());
            Place.Clock.Advance(pauses[^1]!.Value);
        }

        var failing = await App.InstanceAsync(InstanceId);
        Place.Sandbox.Faults.Remove(fault);
        await App.RunSyncAsync(InstanceId);
        var healed = await App.InstanceAsync(InstanceId);

        pauses.ShouldBe([TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4)]);
        (failing.Run, failing.Failures, failing.FailingSince, failing.LastSucceededAt).ShouldBe((RunState.Failed, 4, began, null));
        failing.RunNote.ShouldNotBeNull().ShouldStartWith("The sync has been failing since 2026-10-01 12:00 UTC.");
        failing.RunNote.ShouldEndWith("Next try at 2026-10-01 12:07 UTC.");
        (healed.Run, healed.Failures, healed.FailingSince, healed.LastSucceededAt, healed.RunNote).ShouldBe((RunState.Idle, 0, null, Place.Clock.GetUtcNow(), null));
        (await EntriesAsync()).ShouldBe([AuditActions.SyncFailing, AuditActions.SyncRecovered]);
    }

    [Fact]
    public async Task Key_RejectedMidRun_IsErasedToldOnceAndNothingMoreIsSent()
    {
        await App.RunSyncAsync(InstanceId);
        var before = await App.InstanceAsync(InstanceId);
        Place.Acme.Revoke(Place.Acme.Keys.ReadOnly);
        var sent = Sent();

        var run = await App.RunSyncAsync(InstanceId);
        var sentByIt = Sent() - sent;
        await App.RunSyncAsync(InstanceId);

        run.Outcome.ShouldBe(RunOutcome.Failed);
        sentByIt.ShouldBeLessThanOrEqualTo(2, "the search, and whether it is the key or a role");
        Sent().ShouldBe(sent + sentByIt);
        (await App.InstanceAsync(InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.NotAuthenticated),
            instance => instance.CredentialNote.ShouldNotBeNull().ShouldStartWith("Kustomer has rejected the key since 2026-10-01 12:00 UTC"),
            instance => (instance.KeyEnvelope, instance.KeyLastFour, instance.NextRunAt, instance.LeaseOwner).ShouldBe((null, null, null, null)),
            instance => instance.Run.ShouldBe(RunState.Idle),
            instance => instance.Epoch.ShouldBeGreaterThan(before.Epoch + 1),
            instance => instance.TicketCount.ShouldBe(60));
        (await EntriesAsync()).ShouldBe([AuditActions.KeyRejected]);
        App.FilesOnDisk().ShouldAllBe(file => !Encoding.ASCII.GetString(file.Content).Contains(before.KeyEnvelope!));
    }

    [Fact]
    public async Task Key_RefusedByItsAddress_IsKeptTriedAgainAndHealsWhenTheAddressIsAllowed()
    {
        var before = await App.InstanceAsync(InstanceId);
        var fault = Place.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Status = 401, Message = "IP address 203.0.113.9 is not in the token's CIDR" });

        var run = await App.RunSyncAsync(InstanceId);
        var refused = await App.InstanceAsync(InstanceId);
        Place.Sandbox.Faults.Remove(fault);
        Place.Clock.Advance(refused.NextRunAt.ShouldNotBeNull() - Place.Clock.GetUtcNow());
        await App.RunSyncAsync(InstanceId);

        run.Outcome.ShouldBe(RunOutcome.Failed);
        run.Note.ShouldBe("The API key may not be used from this machine's network address. Add the address to the key's IP restriction in Kustomer, or create a key without one.");
        (refused.Credential, refused.KeyEnvelope, refused.Run, refused.Failures).ShouldBe((CredentialState.Connected, before.KeyEnvelope, RunState.Failed, 1));
        refused.RunNote.ShouldNotBeNull().ShouldContain("Add the address to the key's IP restriction in Kustomer");
        (await App.InstanceAsync(InstanceId)).ShouldSatisfyAllConditions(
            instance => (instance.Run, instance.Failures, instance.KeyEnvelope).ShouldBe((RunState.Idle, 0, before.KeyEnvelope)),
            instance => instance.TicketCount.ShouldBe(60));
        (await EntriesAsync()).ShouldBe([AuditActions.SyncFailing, AuditActions.SyncRecovered]);
    }

    [Fact]
    public async Task Listener_ThatFails_KeepsNoOtherFromHearingAndNoRunFromEnding()
    {
        static void Throw(long id) => throw new InvalidOperationException("A page that is gone.");
        var heard = 0;
        void Hear(long id) => heard++;
        App.Events.Changed += Throw;
        App.Events.Changed += Hear;

        var run = await App.RunSyncAsync(InstanceId);

        App.Events.Changed -= Throw;
        App.Events.Changed -= Hear;
        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        heard.ShouldBeGreaterThan(1);
    }

    private int Sent() => Place.Sandbox.Requests.Counts.Values.Sum();

    private Task<List<string>> EntriesAsync() =>
        App.StoredAsync(db => db.AuditEntries.Where(entry => entry.ActorName == "System").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync());
}

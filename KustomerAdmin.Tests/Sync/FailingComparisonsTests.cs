using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>What is new arrives although what is stored cannot be compared.</summary>
public sealed class FailingComparisonsTests : ReconcilingTest
{
    [Fact]
    public async Task Comparison_ThatFails_IsTriedAgainAfterAnHourAndUpdatesKeepTheirPace()
    {
        await LoadAsync();
        var fault = Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.Status, Status = 400 });

        var failed = await ReconcileAsync();
        var after = await App.InstanceAsync(InstanceId);
        Place.Sandbox.Faults.Remove(fault);
        List<RunKind> kinds = [await NextAsync(TimeSpan.FromMinutes(15)), await NextAsync(TimeSpan.FromMinutes(15)), await NextAsync(TimeSpan.FromMinutes(31))];

        failed.Outcome.ShouldBe(RunOutcome.Failed);
        (after.Run, after.FailingSince, after.Failures, after.NextRunAt - failed.EndedAt).ShouldBe((RunState.Idle, null, 0, TimeSpan.FromMinutes(15)));
        after.RunNote.ShouldNotBeNull().ShouldStartWith("The comparison with Kustomer failed.");
        kinds.ShouldBe([RunKind.Update, RunKind.Update, RunKind.Reconciliation]);
        (await App.StoredAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.SyncFailing))).ShouldBe(0);
    }

    [Fact]
    public async Task Comparison_ThatReadsAgainForLong_ComparesAllTheSame()
    {
        await LoadAsync();
        Place.Acme.Erase(Place.Acme.ConversationIds[100]).ShouldBeTrue();
        Place.Sandbox.Behaviour.SearchesPerMinute = 1;

        var running = ReconcileAsync();
        await App.WaitForAsync(InstanceId, instance => instance is { Run: RunState.Waiting });
        await Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(63));
        Place.Sandbox.Behaviour.SearchesPerMinute = 100;
        Place.Clock.Advance(TimeSpan.FromMinutes(16));
        while (await Task.WhenAny(running, Place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(63))) != running)
        {
            // The limit that it has learnt was one search a minute.
            Place.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        (await running).Deleted.ShouldBe(1);
    }

    private async Task<RunKind> NextAsync(TimeSpan later)
    {
        Place.Clock.Advance(later);
        return (await App.RunSyncAsync(InstanceId)).Kind;
    }
}

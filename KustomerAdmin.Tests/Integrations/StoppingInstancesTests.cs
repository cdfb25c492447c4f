using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Integrations;

/// <summary>Pausing, resuming, cancelling, and what is set on an instance: what is written, and what is refused.</summary>
public sealed class StoppingInstancesTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    private DateTimeOffset Now => _place.Clock.GetUtcNow();

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _instanceId = await App.ConnectAsync(_place.Acme);
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Pause_RunUnderWay_EndsItsEpochAndIsNeverDue()
    {
        var before = await StandAsync(RunState.Syncing);

        (await ActAsync(actions => actions.PauseAsync(_instanceId, default))).ShouldBeNull();

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.Run.ShouldBe(RunState.Paused),
            instance => instance.PausedBy.ShouldBe(TestApp.AdminName),
            instance => instance.NextRunAt.ShouldBeNull(),
            instance => instance.KeyEnvelope.ShouldNotBeNull(),
            instance => instance.Epoch.ShouldBe(before.Epoch + 1));
        (await LastActionAsync()).ShouldBe((AuditActions.InstancePaused, AuditOutcome.Succeeded));
        (await ActAsync(actions => actions.PauseAsync(_instanceId, default))).ShouldBe("This instance is paused already.");
        (await ActAsync(actions => actions.RequestSyncAsync(_instanceId, default))).ShouldBe("This instance is paused. Resume it, and it syncs at once.");
    }

    [Fact]
    public async Task Resume_Paused_IsDueAtOnceAndNamesWhoAsked()
    {
        await ActAsync(actions => actions.PauseAsync(_instanceId, default));

        (await ActAsync(actions => actions.ResumeAsync(_instanceId, default))).ShouldBeNull();

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => (instance.Run, instance.PausedBy).ShouldBe((RunState.Idle, null)),
            instance => (instance.NextRunAt, instance.RunRequestedBy).ShouldBe((Now, TestApp.AdminName)));
        (await LastActionAsync()).ShouldBe((AuditActions.InstanceResumed, AuditOutcome.Succeeded));
        (await ActAsync(actions => actions.ResumeAsync(_instanceId, default))).ShouldBe("This instance is not paused.");
    }

    [Fact]
    public async Task CancelRun_UnderWay_ClosesItInTheNameOfWhoDidAndComesBackAtTheUsualTime()
    {
        var before = await StandAsync(RunState.Waiting);
        await App.ChangeStoredAsync(db =>
        {
            db.SyncRuns.Add(new SyncRun { InstanceId = _instanceId, StartedAt = Now });
            return Task.CompletedTask;
        });

        (await ActAsync(actions => actions.CancelRunAsync(_instanceId, default))).ShouldBeNull();

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => (instance.Run, instance.WaitingUntil).ShouldBe((RunState.Idle, null)),
            instance => instance.NextRunAt.ShouldBe(Now.AddMinutes(15)),
            instance => instance.Epoch.ShouldBe(before.Epoch + 1));
        (await App.StoredAsync(db => db.SyncRuns.SingleAsync())).ShouldSatisfyAllConditions(
            run => run.Outcome.ShouldBe(RunOutcome.Cancelled),
            run => run.EndedAt.ShouldBe(Now),
            run => run.Note.ShouldNotBeNull().ShouldStartWith($"Cancelled by {TestApp.AdminName}."));
        (await ActAsync(actions => actions.CancelRunAsync(_instanceId, default))).ShouldBe("No sync is running: it has ended meanwhile.");
        (await LastActionAsync()).ShouldBe((AuditActions.RunCancelled, AuditOutcome.Refused));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(80, true)]
    [InlineData(81, false)]
    public async Task SetRateShare_WithinItsBounds_IsKeptAndLeavesARunAlone(int percent, bool isKept)
    {
        var before = await StandAsync(RunState.Syncing);

        (await SetAsync(settings => settings.SetRateShareAsync(_instanceId, percent, default)) is null).ShouldBe(isKept);

        var after = await App.InstanceAsync(_instanceId);
        (after.RateShare, after.Epoch, after.Run).ShouldBe((isKept ? percent : Instance.DefaultRateShare, before.Epoch, RunState.Syncing));
        (await LastActionAsync()).ShouldBe((AuditActions.RateShareSet, isKept ? AuditOutcome.Succeeded : AuditOutcome.Refused));
    }

    [Fact]
    public async Task SetStart_MovedBack_LetsTheFirstLoadGoOnAndMovedForwardDoesNot()
    {
        var done = Now.AddDays(-1);
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).HistoryDoneAt = done);

        (await SetAsync(settings => settings.SetStartAsync(_instanceId, Now.AddDays(-90), default))).ShouldBeNull();
        (await App.InstanceAsync(_instanceId)).HistoryDoneAt.ShouldBe(done, "two years are loaded already");
        (await SetAsync(settings => settings.SetStartAsync(_instanceId, Now.AddYears(-3), default))).ShouldBeNull();

        var after = await App.InstanceAsync(_instanceId);
        (after.SyncFrom, after.HistoryDoneAt).ShouldBe((Now.AddYears(-3), null));
        (await LastActionAsync()).ShouldBe((AuditActions.StartDateSet, AuditOutcome.Succeeded));
    }

    [Fact]
    public async Task SetStart_InTheFuture_IsRefused()
    {
        (await SetAsync(settings => settings.SetStartAsync(_instanceId, Now.AddDays(1), default))).ShouldBe("The start date lies in the future. Choose today or an earlier day.");

        (await App.InstanceAsync(_instanceId)).SyncFrom.ShouldBeNull();
    }

    private async Task<Instance> StandAsync(RunState run)
    {
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).Run = run);
        return await App.InstanceAsync(_instanceId);
    }

    private Task<string?> ActAsync(Func<InstanceActions, Task<string?>> act) => App.AsAdminAsync(act);

    private Task<string?> SetAsync(Func<InstanceSettings, Task<string?>> set) => App.AsAdminAsync(set);

    private Task<(string Action, AuditOutcome Outcome)> LastActionAsync() => App.StoredAsync(async db =>
    {
        var entry = await db.AuditEntries.OrderBy(entry => entry.Id).LastAsync();
        return (entry.Action, entry.Outcome);
    });
}

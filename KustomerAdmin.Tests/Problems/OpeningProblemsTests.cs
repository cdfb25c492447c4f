using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Problems;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Problems;

/// <summary>Each kind of problem from what causes it to what ends it.</summary>
public sealed class OpeningProblemsTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    private SandboxKeys Keys => _place.Acme.Keys;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _instanceId = await App.ConnectAsync(_place.Acme);
        await App.RunSyncAsync(_instanceId);
        (await LookAsync()).ShouldBeEmpty();
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Credentials_Rejected_AreAProblemUntilTheyAreFixed()
    {
        _place.Acme.Revoke(Keys.ReadOnly);
        await App.RunSyncAsync(_instanceId);

        var problem = await OneAsync(ProblemKind.Credentials, "Kustomer has rejected the key since 2026-10-01 12:00 UTC");
        problem.Affects.ShouldBe("Nothing is synced and no ticket opens; what is stored stays readable.");
        problem.NextStep.ShouldBe("Enter other credentials under Fix credentials.");

        await App.AsAdminAsync<InstanceService, ConnectResult>(service => service.FixAsync(_instanceId, new ConnectRequest("acme", "acme", Keys.Full), default));
        await OverAsync(problem);
    }

    [Fact]
    public async Task Credentials_ThatNeverWorked_AreNoProblem()
    {
        (await App.TryConnectAsync(new ConnectRequest("Globex", "globex", "no-key-of-anybody"))).ShouldBeOfType<ConnectResult.NotAuthenticated>();

        (await LookAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task KeyEnding_AtEachStage_IsMoreUrgentAndIsTheSameProblem()
    {
        var now = _place.Clock.GetUtcNow();
        await ChangeAsync(instance => instance.KeyExpiresAt = now.AddDays(31));
        (await LookAsync()).ShouldBeEmpty();
        List<int> stages = [];
        foreach (var day in (int[])[1, 10, 17, 20, 24, 29, 30, 32])
        {
            _place.Clock.Advance(now.AddDays(day) - _place.Clock.GetUtcNow());
            await ChangeAsync(instance => instance.LastSucceededAt = _place.Clock.GetUtcNow());
            (await LookAsync()).ShouldHaveSingleItem();
            stages.Add((await AllAsync()).ShouldHaveSingleItem().Stage);
        }

        stages.ShouldBe([1, 1, 2, 2, 3, 3, 4, 4]);
        var problem = await OneAsync(ProblemKind.KeyEnding, "The key ended on 1 Nov 2026, 12:00 UTC.");
        problem.OpenedAt.ShouldBe(now.AddDays(1));
    }

    [Fact]
    public async Task KeyEnding_ReplacedByOneThatEndsLater_IsOverAndAnotherBegins()
    {
        await ChangeAsync(instance => instance.KeyExpiresAt = _place.Clock.GetUtcNow().AddDays(5));
        var first = await OneAsync(ProblemKind.KeyEnding, "The key ends on 6 Oct 2026");
        await ChangeAsync(instance => instance.KeyExpiresAt = _place.Clock.GetUtcNow().AddDays(20));

        (await OneAsync(ProblemKind.KeyEnding, "The key ends on 21 Oct 2026")).Id.ShouldNotBe(first.Id);

        (await AllAsync()).Single(problem => problem.Id == first.Id).ClosedAt.ShouldNotBeNull();
        await ChangeAsync(instance => instance.KeyExpiresAt = null);
        (await LookAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task KeyEnding_OfASession_IsNoProblem()
    {
        await ChangeAsync(instance => (instance.KeyExpiresAt, instance.IsKeyOfSession) = (_place.Clock.GetUtcNow().AddHours(8), true));

        (await LookAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task MissingRoles_FoundByACheck_NameTheRolesAndWhatIsLost()
    {
        var notes = _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations/{id}/notes", Kind = FaultKind.MissingRole });
        var tags = _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/tags", Kind = FaultKind.MissingRole });
        await RecheckAsync();

        var problem = await OneAsync(ProblemKind.MissingRoles, "The key lacks org.permission.note.read, org.permission.tag.read.");
        problem.Affects.ShouldBe("Notes will not open; tags will be shown without their names.");

        // What cannot be tested is as it was.
        _place.Sandbox.Faults.Remove(notes);
        var outage = _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations/{id}/notes", Kind = FaultKind.Status, Status = 500 });
        await RecheckAsync();
        (await OneAsync(ProblemKind.MissingRoles, "The key lacks org.permission.note.read, org.permission.tag.read.")).Id.ShouldBe(problem.Id);

        _place.Sandbox.Faults.Remove(outage);
        _place.Sandbox.Faults.Remove(tags);
        await RecheckAsync();
        await OverAsync(problem);
    }

    [Fact]
    public async Task Sync_Fails_IsOneProblemThroughEveryRetryUntilARunSucceeds()
    {
        var fault = _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.Status, Status = 400 });
        await App.RunSyncAsync(_instanceId);
        var problem = await OneAsync(ProblemKind.Sync, "The sync has been failing since 2026-10-01 12:00 UTC.");
        await ChangeAsync(instance => (instance.Run, instance.RunNote) = (RunState.Syncing, null));

        (await OneAsync(ProblemKind.Sync, "The sync has been failing since")).Id.ShouldBe(problem.Id, "it is tried again, and that is all");

        await ChangeAsync(instance => instance.Run = RunState.Idle);
        _place.Sandbox.Faults.Remove(fault);
        (await App.RunSyncAsync(_instanceId)).Outcome.ShouldBe(RunOutcome.Succeeded);
        await OverAsync(problem);
    }

    [Fact]
    public async Task Comparison_Fails_IsAProblemUntilOneSucceedsWhateverUpdatesDo()
    {
        await CompareAsync(RunOutcome.Failed, "Kustomer refused it.");
        var problem = await OneAsync(ProblemKind.Comparison, "Kustomer refused it.");
        (await App.RunSyncAsync(_instanceId)).Outcome.ShouldBe(RunOutcome.Succeeded);
        await CompareAsync(RunOutcome.Cancelled, null);
        (await OneAsync(ProblemKind.Comparison, "Kustomer refused it.")).Id.ShouldBe(problem.Id);

        await CompareAsync(RunOutcome.Succeeded, null);

        await OverAsync(problem);

        Task CompareAsync(RunOutcome outcome, string? note) => App.ChangeStoredAsync(db =>
        {
            var now = _place.Clock.GetUtcNow();
            db.SyncRuns.Add(new SyncRun { InstanceId = _instanceId, Kind = RunKind.Reconciliation, StartedAt = now, EndedAt = now, Outcome = outcome, Note = note });
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Stale_NothingSyncedForLong_IsOverWithTheNextGoodRunAndNoProblemWhilePaused()
    {
        _place.Clock.Advance(TimeSpan.FromHours(3));
        await OneAsync(ProblemKind.Stale, "Nothing was synced whole since 2026-10-01 12:00 UTC.");
        (await App.AsAdminAsync<InstanceActions, string?>(actions => actions.PauseAsync(_instanceId, default))).ShouldBeNull();
        (await LookAsync()).ShouldBeEmpty();
        await App.AsAdminAsync<InstanceActions, string?>(actions => actions.ResumeAsync(_instanceId, default));
        var again = await OneAsync(ProblemKind.Stale, "Nothing was synced whole since");

        await App.RunSyncAsync(_instanceId);

        await OverAsync(again);
    }

    [Fact]
    public async Task Unreadable_Records_AreOneProblemHoweverManyThereAre()
    {
        await QuarantineAsync("a");
        var problem = await OneAsync(ProblemKind.Unreadable, "1 record of Kustomer cannot be read.");
        await QuarantineAsync("b");
        (await OneAsync(ProblemKind.Unreadable, "2 records of Kustomer cannot be read.")).Id.ShouldBe(problem.Id);

        await App.StoredAsync(db => db.QuarantinedRecords.ExecuteDeleteAsync());
        await OverAsync(problem);
    }

    [Fact]
    public async Task OldKey_AfterTheFirstGoodRunWithTheNewOne_IsAProblemUntilSomebodyDeletedIt()
    {
        (await App.AsAdminAsync<KeyReplacement, ReplaceResult>(keys => keys.ReplaceAsync(_instanceId, Keys.Full, default))).Refusal.ShouldBeNull();
        (await LookAsync()).ShouldBeEmpty("the old one may still be needed");
        await App.RunSyncAsync(_instanceId);
        var problem = await OneAsync(ProblemKind.OldKey, $"The replaced key that ends in {Keys.ReadOnly[^4..]} may still exist in Kustomer.");

        await ChangeAsync(instance => instance.OldKeyLastFour = "a1B2 c3D4");
        (await OneAsync(ProblemKind.OldKey, "The replaced keys that end in a1B2, c3D4 may still exist in Kustomer.")).Id.ShouldBe(problem.Id);

        await App.AsAdminAsync<KeyReplacement, string?>(keys => keys.ForgetOldKeyAsync(_instanceId, default));

        await OverAsync(problem);
    }

    [Fact]
    public async Task Problems_OfAnInstanceThatIsDisconnectedOrDeleted_AreOverOrGone()
    {
        await QuarantineAsync("a");
        var problem = await OneAsync(ProblemKind.Unreadable, "1 record");

        await App.DisconnectAsync(_instanceId);
        await OverAsync(problem);
        (await App.AsAdminAsync<InstanceRemoval, string?>(removal => removal.RequestAsync(_instanceId, "acme", default))).ShouldBeNull();
        await App.WaitForRemovalAsync(_instanceId);

        await App.LookForProblemsAsync();
        (await AllAsync()).ShouldBeEmpty();
    }

    /// <summary>Looks twice: what is there is opened once.</summary>
    private async Task<IReadOnlyList<ProblemLine>> LookAsync()
    {
        await App.LookForProblemsAsync();
        await App.LookForProblemsAsync();
        var sheet = await App.AsAdminAsync<ProblemList, ProblemSheet>(list => list.ReadAsync(null, default));
        (await App.AsAdminAsync<ProblemList, int>(list => list.CountOpenAsync(default))).ShouldBe(sheet.Open.Count);
        return sheet.Open;
    }

    private async Task<ProblemLine> OneAsync(ProblemKind kind, string cause)
    {
        var problem = (await LookAsync()).ShouldHaveSingleItem();
        (problem.Kind, problem.Instance).ShouldBe((kind, "acme"));
        problem.Cause.ShouldStartWith(cause);
        (problem.Affects.Length, problem.NextStep.Length).ShouldSatisfyAllConditions(lengths => lengths.Item1.ShouldBePositive(), lengths => lengths.Item2.ShouldBePositive());
        return problem;
    }

    private async Task OverAsync(ProblemLine problem)
    {
        (await LookAsync()).ShouldBeEmpty();
        (await AllAsync()).Single(stored => stored.Id == problem.Id).ClosedAt.ShouldBe(_place.Clock.GetUtcNow());
    }

    private Task<List<Problem>> AllAsync() => App.StoredAsync(db => db.Problems.AsNoTracking().ToListAsync());

    private Task RecheckAsync() => App.AsAdminAsync<ConnectionRecheck, ConnectionReport?>(check => check.RunAsync(_instanceId, default));

    private Task ChangeAsync(Action<Instance> change) => App.ChangeStoredAsync(async db => change(await db.Instances.SingleAsync(instance => instance.Id == _instanceId)));

    private Task QuarantineAsync(string fingerprint) => App.ChangeStoredAsync(db =>
    {
        var now = _place.Clock.GetUtcNow();
        db.QuarantinedRecords.Add(new QuarantinedRecord { InstanceId = _instanceId, Fingerprint = fingerprint, Reason = "No id.", FirstSeenAt = now, LastSeenAt = now });
        return Task.CompletedTask;
    });
}

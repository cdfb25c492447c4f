using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Sync.History;

namespace KustomerAdmin.Tests.Sync.History;

public sealed class RunHistoryTests : SyncTest
{
    [Fact]
    public async Task Read_OfAllInstances_IsNewestFirstInPagesAndNamesTheInstance()
    {
        await AddRunsAsync(30);

        var first = await ReadAsync(null, 1);
        var second = await ReadAsync(null, 2);

        first.Total.ShouldBe(30);
        first.Lines.Count.ShouldBe(RunHistory.PageSize);
        first.Lines.Select(line => line.Run.Id).Concat(second.Lines.Select(line => line.Run.Id)).ShouldBe(first.Lines.Concat(second.Lines).Select(line => line.Run.Id).OrderDescending());
        second.Lines.Count.ShouldBe(5);
        first.Lines.ShouldAllBe(line => line.Instance == "acme");
        first.Lines[0].Since.ShouldBe(first.Lines[1].Run.StartedAt, "the run before it");
        second.Lines[^1].Since.ShouldBeNull("there was none before");
    }

    [Fact]
    public async Task Read_OfOneInstance_LeavesTheOthersOut()
    {
        await AddRunsAsync(2);
        await App.ConnectAsync(Place.Globex);

        (await ReadAsync(InstanceId + 1, 1)).Total.ShouldBe(0);
        (await ReadAsync(InstanceId, 1)).Total.ShouldBe(2);
        (await ReadAsync(null, 1)).Instances.Select(instance => instance.Name).ShouldBe(["acme", "globex"]);
    }

    [Fact]
    public async Task Read_RunUnderWay_StandsApartWithItsRateAndWhatIsLeftByTheForecast()
    {
        var began = Place.Clock.GetUtcNow();
        await App.ChangeStoredAsync(db =>
        {
            db.SyncForecasts.Add(new SyncForecast { InstanceId = InstanceId, At = began, Tickets = 1000, Requests = 4, Seconds = 5 });
            db.SyncRuns.Add(new SyncRun { InstanceId = InstanceId, Kind = RunKind.FirstLoad, StartedAt = began, Pages = 1, Added = 200, Requests = 1 });
            return Task.CompletedTask;
        });
        Place.Clock.Advance(TimeSpan.FromSeconds(10));

        var sheet = await ReadAsync(InstanceId, 1);

        sheet.Total.ShouldBe(0);
        var live = sheet.Live.ShouldHaveSingleItem();
        live.Rate(Place.Clock.GetUtcNow()).ShouldBe(20);
        live.TimeLeft(Place.Clock.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(40));
        live.Share.ShouldBe(20);
        sheet.FirstLoad.ShouldBe(new FirstLoadCost(1000, 4, TimeSpan.FromSeconds(5), 200, 1, TimeSpan.FromSeconds(10), IsDone: false));
    }

    [Fact]
    public async Task Read_AfterARealRun_TellsWhatItBrought()
    {
        await App.RunSyncAsync(InstanceId);

        var run = (await ReadAsync(InstanceId, 1)).Lines.ShouldHaveSingleItem().Run;

        (run.Outcome, run.Kind, run.StartedBy, run.Added).ShouldBe((RunOutcome.Succeeded, RunKind.FirstLoad, TestApp.AdminName, await StoredCountAsync()));
    }

    [Fact]
    public async Task Quarantine_OfAnInstance_ListsTheLatestFirst()
    {
        var now = Place.Clock.GetUtcNow();
        await App.ChangeStoredAsync(db =>
        {
            db.QuarantinedRecords.AddRange(
                new QuarantinedRecord { InstanceId = InstanceId, KustomerId = "aa", Fingerprint = "1", Reason = "updatedAt is missing or not a date.", FirstSeenAt = now, LastSeenAt = now.AddMinutes(-1) },
                new QuarantinedRecord { InstanceId = InstanceId, Fingerprint = "2", Reason = "A value cannot be read.", FirstSeenAt = now, LastSeenAt = now });
            return Task.CompletedTask;
        });

        var sheet = (await App.AsAdminAsync<QuarantineList, QuarantineSheet?>(list => list.ReadAsync(InstanceId, default))).ShouldNotBeNull();

        sheet.Lines.Select(line => (line.KustomerId, line.Reason)).ShouldBe([(null, "A value cannot be read."), ("aa", "updatedAt is missing or not a date.")]);
        (await App.AsAdminAsync<InstanceList, IReadOnlyList<InstanceLine>>(list => list.ReadAsync(default)))[0].Unreadable.ShouldBe(2);
        (await App.AsAdminAsync<QuarantineList, QuarantineSheet?>(list => list.ReadAsync(4711, default))).ShouldBeNull();
    }

    private Task<RunSheet> ReadAsync(long? instanceId, int page) => App.AsAdminAsync<RunHistory, RunSheet>(history => history.ReadAsync(instanceId, page, default));

    private Task AddRunsAsync(int count) => App.ChangeStoredAsync(db =>
    {
        for (var number = 0; number < count; number++)
        {
            var at = Place.Clock.GetUtcNow().AddMinutes(15 * (number - count));
            db.SyncRuns.Add(new SyncRun { InstanceId = InstanceId, StartedAt = at, EndedAt = at.AddSeconds(1), Outcome = RunOutcome.Succeeded, Requests = 1 });
        }

        return Task.CompletedTask;
    });
}

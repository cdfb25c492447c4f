using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sync.Reading;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>What a first load of many pages, with a bulk edit larger than a page in it, costs in requests.</summary>
public sealed class FirstLoadCostTests : SyncTest
{
    protected override int Tickets => 5000;

    [Fact]
    public async Task Load_Whole_CostsFullPagesTheCustomersAndTheDefinitions()
    {
        Place.Sandbox.Behaviour.SearchesPerMinute = 1000;
        Place.Sandbox.Requests.Clear();

        var run = await App.RunSyncAsync(InstanceId);

        Place.Sandbox.Requests.Counts.Values.Sum().ShouldBe(run.Requests);
        var stored = await StoredCountAsync();
        var customers = await App.StoredAsync(db => db.Customers.CountAsync());
        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        stored.ShouldBe(await KustomersCountAsync());
        run.Added.ShouldBe(stored);
        run.Pages.ShouldBe((stored + run.Unchanged + 499) / 500, "every page is full");
        run.Pages.ShouldBeLessThanOrEqualTo(((stored + 498) / 499) + 1, "a page brings 499 new ones, and the bulk edit may cost one more");
        run.Requests.ShouldBeLessThanOrEqualTo(run.Pages + ((customers + 498) / 499) + 1);
    }
}

public sealed class ReadWindowsTests
{
    private static readonly DateTimeOffset s_moment = new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Windows_ThatTouchOrLieAMillisecondApart_AreOneAndCostOneRequest()
    {
        var windows = new ReadWindows();
        windows.Add(s_moment, s_moment.AddHours(1));
        windows.Add(s_moment.AddHours(1).AddMilliseconds(1), s_moment.AddHours(2));
        windows.Add(s_moment.AddHours(-1), s_moment.AddMilliseconds(-1));
        windows.Add(s_moment.AddHours(3), s_moment.AddHours(4));

        All(windows).ShouldBe([(s_moment.AddHours(-1), s_moment.AddHours(2)), (s_moment.AddHours(3), s_moment.AddHours(4))]);
    }

    [Fact]
    public void Windows_OneWithoutAnEnd_TakesInAllBehindIt()
    {
        var windows = new ReadWindows();
        windows.Add(s_moment.AddHours(3), s_moment.AddHours(4));
        windows.Add(s_moment, to: null);
        windows.Add(s_moment.AddHours(5), s_moment.AddHours(6));

        All(windows).ShouldBe([(s_moment, null)]);
    }

    private static List<(DateTimeOffset From, DateTimeOffset? To)> All(ReadWindows windows)
    {
        List<(DateTimeOffset, DateTimeOffset?)> all = [];
        while (windows.Take() is { } window)
        {
            all.Add(window);
        }

        return all;
    }
}

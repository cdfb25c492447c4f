using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>Kustomer's search shows a change half an hour late: longer than what an update reads again.</summary>
public sealed class ReconcilingALateIndexTests : SyncTest
{
    private DateTimeOffset _began;

    [Fact]
    public async Task Created_ShownLaterThanTheOverlap_IsFoundAtNight()
    {
        await LoadAsync();
        var late = Place.Acme.Create("Shown late");

        var night = await PassADayAsync();

        (night.Kind, night.Added).ShouldBe((RunKind.Reconciliation, 1));
        (await TicketAsync(late)).Subject.ShouldBe("Shown late");
        (await App.StoredAsync(db => db.Customers.CountAsync(customer => customer.ConversationCount == null))).ShouldBe(0);
    }

    [Fact]
    public async Task Changed_ShownLaterThanTheOverlap_IsFoundAtNightToo()
    {
        await LoadAsync();
        var changed = Place.Acme.ConversationIds[40];
        Place.Acme.Touch(changed);
        var at = Place.Clock.GetUtcNow();

        var night = await PassADayAsync();

        (night.Kind, night.Updated).ShouldBe((RunKind.Reconciliation, 1));
        (await TicketAsync(changed)).UpdatedAt.ShouldBe(at);
    }

    [Fact]
    public async Task SecondNight_ReadsAgainWhatChangedSinceTheFirstBegan()
    {
        await LoadAsync();
        var first = await PassADayAsync();
        var cursor = (await App.InstanceAsync(InstanceId)).SyncCursor;
        var second = await PassADayAsync();

        (first.WindowTo, second.WindowFrom, second.WindowTo).ShouldBe((first.StartedAt, first.StartedAt, second.StartedAt));
        first.WindowFrom.ShouldBe(_began);
        (await App.InstanceAsync(InstanceId)).SyncCursor.ShouldNotBeNull().ShouldBeGreaterThan(cursor.ShouldNotBeNull());
    }

    private async Task LoadAsync()
    {
        _began = Place.Clock.GetUtcNow();
        await App.RunSyncAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
    }

    /// <summary>Updates that find nothing, and at the end of the day a comparison.</summary>
    private async Task<SyncRun> PassADayAsync()
    {
        for (var quarter = 0; quarter < 6; quarter++)
        {
            // Something newer that is shown in time moves the cursor past it.
            Place.Clock.Advance(TimeSpan.FromMinutes(15));
            await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).SyncCursor = Place.Clock.GetUtcNow().AddMinutes(-1));
            (await App.RunSyncAsync(InstanceId)).ShouldSatisfyAllConditions(run => run.Kind.ShouldBe(RunKind.Update), run => (run.Added + run.Updated).ShouldBe(0, "no update looks so far back"));
        }

        Place.Clock.Advance(TimeSpan.FromHours(25));
        await App.RunSyncAsync(InstanceId);
        return await App.RunSyncAsync(InstanceId);
    }

    protected override SandboxOptions Change(SandboxOptions options) => options with { IndexLag = TimeSpan.FromMinutes(31) };
}

using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>A day after everything was loaded.</summary>
public abstract class ReconcilingTest : SyncTest
{
    private readonly List<string> _shown = [];

    protected override int Tickets => 200;

    /// <summary>Everything is stored, a day has passed, and an update went well.</summary>
    protected async Task LoadAsync()
    {
        await App.RunSyncAsync(InstanceId);
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).HistoryDoneAt ??= Place.Clock.GetUtcNow());
        Place.Clock.Advance(TimeSpan.FromHours(25));
        (await App.RunSyncAsync(InstanceId)).Kind.ShouldBe(RunKind.Update);
    }

    protected async Task<SyncRun> ReconcileAsync()
    {
        var run = await App.RunSyncAsync(InstanceId);
        run.Kind.ShouldBe(RunKind.Reconciliation);
        return run;
    }

    protected async Task NextNightAsync()
    {
        Place.Clock.Advance(TimeSpan.FromHours(25));
        _shown.ForEach(id => Place.Acme.Touch(id));
        (await App.RunSyncAsync(InstanceId)).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    /// <summary>Does something to all that Kustomer has. Beside it the search shows another conversation, always too new to be compared.</summary>
    /// <returns>How many of them are stored.</returns>
    protected async Task<int> ToAllAsync(Func<string, bool> act)
    {
        Place.Acme.ConversationIds.ShouldAllBe(id => act(id));
        _shown.Add(Place.Acme.Create("The search shows something"));
        return await StoredCountAsync();
    }
}

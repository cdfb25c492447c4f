using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>Tickets that are stored and that the instance's start date does not ask for any more.</summary>
public sealed class ReconcilingOldTicketsTests : ReconcilingTest
{
    [Fact]
    public async Task Aged_IntoTheArchive_AreComparedAndTheArchiveIsNotTakenIn()
    {
        await LoadAsync();
        await PassAsync(TimeSpan.FromDays(400));
        var aged = await App.StoredAsync(db => db.Tickets.OrderBy(ticket => ticket.UpdatedAt).Select(ticket => ticket.KustomerId).FirstAsync());
        Place.Acme.Erase(aged).ShouldBeTrue();
        Place.Sandbox.Requests.Clear();

        var run = await ReconcileAsync();

        (run.Added, run.Deleted, run.Note).ShouldBe((0, 1, null));
        (await TicketAsync(aged)).DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
        Place.Sandbox.Requests.Counts["acme POST /v1/customers/archive/search"].ShouldBe(1);
    }

    [Fact]
    public async Task Older_ThanAStartDateThatWasMoved_AreComparedAndNoneOfThemIsTakenIn()
    {
        await LoadAsync();
        var start = Place.Clock.GetUtcNow().AddDays(-90);
        var old = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.UpdatedAt < start).OrderBy(ticket => ticket.UpdatedAt).Select(ticket => ticket.KustomerId).Skip(5).Take(3).ToListAsync());
        await App.ChangeStoredAsync(async db =>
        {
            (await db.Instances.SingleAsync()).SyncFrom = start;
            (await db.Tickets.SingleAsync(ticket => ticket.KustomerId == old[1])).DeletedAt = start;
            await db.Tickets.Where(ticket => ticket.KustomerId == old[2]).ExecuteDeleteAsync();
        });
        Place.Acme.Erase(old[0]).ShouldBeTrue();

        var run = await ReconcileAsync();

        (run.Added, run.Updated, run.Deleted, run.Note).ShouldBe((0, 1, 1, null));
        (await TicketAsync(old[0])).DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
        (await TicketAsync(old[1])).DeletedAt.ShouldBeNull("Kustomer has it");
    }

    private async Task PassAsync(TimeSpan time)
    {
        Place.Clock.Advance(time);
        (await App.RunSyncAsync(InstanceId)).Kind.ShouldBe(RunKind.Update);
    }
}

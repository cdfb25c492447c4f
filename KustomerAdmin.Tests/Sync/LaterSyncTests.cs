using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

public sealed class LaterSyncTests : SyncTest
{
    [Fact]
    public async Task Run_NothingChanged_WritesNothingAndCostsOneRequest()
    {
        await App.RunSyncAsync(InstanceId);
        var before = await App.InstanceAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));

        var run = await App.RunSyncAsync(InstanceId);

        (run.Added, run.Updated, run.Requests, run.Outcome).ShouldBe((0, 0, 1, RunOutcome.Succeeded));
        (await App.InstanceAsync(InstanceId)).LastDataAt.ShouldBe(before.LastDataAt);
    }

    [Fact]
    public async Task Run_OneTouchedAndOneCreated_StoresBoth()
    {
        await App.RunSyncAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        var touched = Place.Acme.ConversationIds[30];
        Place.Acme.Touch(touched).ShouldBeTrue();
        var created = Place.Acme.Create("A new question");

        var run = await App.RunSyncAsync(InstanceId);

        (run.Added, run.Updated).ShouldBe((1, 1));
        (await TicketAsync(touched)).UpdatedAt.ShouldBe(Place.Clock.GetUtcNow());
        (await TicketAsync(created)).Subject.ShouldBe("A new question");
        (await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == created).Select(ticket => ticket.Customer!.ConversationCount).SingleAsync())).ShouldNotBeNull();
    }

    [Fact]
    public async Task Run_ChangedTicket_KeepsNoValueOfItsOldSelf()
    {
        await App.RunSyncAsync(InstanceId);
        var id = Place.Acme.ConversationIds[30];
        for (var change = 0; change < 4; change++)
        {
            Place.Clock.Advance(TimeSpan.FromMinutes(15));
            Place.Acme.Touch(id);
            await App.RunSyncAsync(InstanceId);
        }

        var values = await App.StoredAsync(async db => (
            await db.TicketMetadata.CountAsync(value => db.Tickets.Any(ticket => ticket.Id == value.TicketId && ticket.KustomerId == id)),
            await db.TicketTags.CountAsync(tag => db.Tickets.Any(ticket => ticket.Id == tag.TicketId && ticket.KustomerId == id))));

        values.Item1.ShouldBeInRange(5, 80);
        values.Item2.ShouldBeLessThan(20);
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Run_TheSearchStillHasAnOlderVersion_KeepsTheNewer()
    {
        await App.RunSyncAsync(InstanceId);
        var id = Place.Acme.ConversationIds[^1];
        var ahead = Place.Clock.GetUtcNow().AddMinutes(2);
        await App.ChangeStoredAsync(async db =>
        {
            var ticket = await db.Tickets.SingleAsync(ticket => ticket.KustomerId == id);
            (ticket.UpdatedAt, ticket.Subject, ticket.ContentHash) = (ahead, "The newer one", 0);
            (await db.Instances.SingleAsync()).SyncCursor = null;
        });

        await App.RunSyncAsync(InstanceId);

        (await TicketAsync(id)).Subject.ShouldBe("The newer one");
    }

    [Fact]
    public async Task Run_SpoiltRecordsOnAPage_StoresTheOthersAndCountsThem()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.BadRecords, Times = 1 });

        var run = await App.RunSyncAsync(InstanceId);

        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        run.Unreadable.ShouldBe(3);
        (await TicketAsync("bad000000000000000000003")).Subject.ShouldBe("half a pair \uFFFD and a nul \uFFFD");
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync() + 1);
    }

    [Fact]
    public async Task Run_OneRecordTwiceOnAPage_StoresItOnce()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.DuplicateRecord });

        var run = await App.RunSyncAsync(InstanceId);

        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Run_KeyMayNotReadDefinitions_SucceedsAndNamesTheRole()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/metadata", Kind = FaultKind.MissingRole });

        var run = await App.RunSyncAsync(InstanceId);

        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        run.Note.ShouldNotBeNull().ShouldContain("org.permission.metadata.read");
    }
}

/// <summary>Two tickets are dated ahead of the clock, one of them in 2099.</summary>
public sealed class SyncingFutureDatesTests : SyncTest
{
    [Fact]
    public async Task Run_TicketsDatedInTheFuture_AreStoredAndDoNotMoveTheCursor()
    {
        await App.RunSyncAsync(InstanceId);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        var touched = Place.Acme.ConversationIds[20];
        Place.Acme.Touch(touched);

        var run = await App.RunSyncAsync(InstanceId);

        var now = Place.Clock.GetUtcNow();
        run.Updated.ShouldBe(1);
        (await App.InstanceAsync(InstanceId)).SyncCursor.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(Place.Clock.GetUtcNow().AddMinutes(-1));
        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.UpdatedAt > now))).ShouldBe(2);
        (await StoredCountAsync()).ShouldBe(await KustomersCountAsync());
    }

    /// <summary>The moment that it was dated at comes before anybody reads the correction, which by then is older.</summary>
    [Fact]
    public async Task Run_DateInTheFutureWasCorrectedAndHasCome_StoresTheCorrection()
    {
        await App.RunSyncAsync(InstanceId);
        var now = Place.Clock.GetUtcNow();
        var ahead = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.UpdatedAt > now).OrderBy(ticket => ticket.UpdatedAt).FirstAsync());
        Place.Clock.Advance(TimeSpan.FromMinutes(1));
        Place.Acme.Touch(ahead.KustomerId);
        Place.Clock.Advance(ahead.UpdatedAt - now);

        await App.RunSyncAsync(InstanceId);

        (await TicketAsync(ahead.KustomerId)).UpdatedAt.ShouldBe(now.AddMinutes(1), TimeSpan.FromSeconds(1));
    }

    protected override SandboxOptions Change(SandboxOptions options) => options with { AwkwardFutureDates = true };
}

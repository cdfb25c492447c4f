using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>What Kustomer has no longer, or does not show, at the next comparison.</summary>
public sealed class ReconcilingDeletedTicketsTests : ReconcilingTest
{
    [Fact]
    public async Task Deleted_InKustomer_IsATombstoneTheSameNight()
    {
        var deleted = Place.Acme.ConversationIds[100];
        await LoadAsync();
        Place.Acme.Delete(deleted);

        var run = await ReconcileAsync();

        run.Deleted.ShouldBe(1);
        (await TicketAsync(deleted)).DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
        (await LiveCountAsync()).ShouldBe(await KustomersCountAsync());
        (await App.InstanceAsync(InstanceId)).TicketCount.ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Gone_WithoutATraceInTheIndex_OnlySomeAreAskedForAndTheOthersTakeTwoNights()
    {
        await LoadAsync();
        var unknown = await RenameAsync(80);

        var first = await ReconcileAsync();
        var waiting = await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.MissingSince != null && ticket.DeletedAt == null));
        Place.Clock.Advance(TimeSpan.FromHours(25));
        await App.RunSyncAsync(InstanceId);
        var second = await ReconcileAsync();

        (first.Deleted, first.Added, waiting).ShouldBe((50, 80, 30));
        (second.Deleted, second.Added).ShouldBe((30, 0));
        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => unknown.Contains(ticket.KustomerId) && ticket.DeletedAt != null))).ShouldBe(80);
        (await App.InstanceAsync(InstanceId)).TicketCount.ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Gone_AWholeBucketOfMoreThanAHundred_IsNotedTheFirstNightAndATombstoneTheSecond()
    {
        await LoadAsync();
        var erased = await ToAllAsync(Place.Acme.Erase);

        var first = await ReconcileAsync();
        var waiting = await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.MissingSince != null && ticket.DeletedAt == null));
        await NextNightAsync();
        var second = await ReconcileAsync();

        (first.Deleted, waiting).ShouldBe((0, erased));
        first.Note.ShouldNotBeNull().ShouldContain("if the next comparison misses them too");
        (second.Deleted, second.Note).ShouldBe((erased, null));
        (await App.InstanceAsync(InstanceId)).TicketCount.ShouldBe(await KustomersCountAsync());
    }

    [Fact]
    public async Task Gone_AllOfThem_AreKeptBecauseTheSearchShowsNothing()
    {
        await LoadAsync();
        foreach (var id in Place.Acme.ConversationIds)
        {
            Place.Acme.Erase(id);
        }

        await ReconcileAsync();
        await NextNightAsync();
        var second = await ReconcileAsync();

        second.Note.ShouldNotBeNull().ShouldContain("the search has a problem");
        (await LiveCountAsync()).ShouldBe(await StoredCountAsync());
    }

    [Fact]
    public async Task Role_ForSingleConversationsMissing_WaitsForTheSecondNight()
    {
        var erased = Place.Acme.ConversationIds[100];
        await LoadAsync();
        Place.Acme.Erase(erased);
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations", Kind = FaultKind.MissingRole });

        var first = await ReconcileAsync();
        var waiting = await TicketAsync(erased);
        await NextNightAsync();
        var second = await ReconcileAsync();

        (first.Deleted, waiting.DeletedAt, second.Deleted).ShouldBe((0, null, 1));
        waiting.MissingSince.ShouldNotBeNull();
        first.Note.ShouldNotBeNull().ShouldContain("org.permission.conversation.read");
        (await TicketAsync(erased)).DeletedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Role_ForSingleConversationsMissing_WhatTheSearchShowsLateCostsTheRunNothing()
    {
        await LoadAsync();
        await RenameAsync(3);
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations", Kind = FaultKind.MissingRole });

        var run = await ReconcileAsync();

        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        run.Note.ShouldNotBeNull().ShouldContain("org.permission.conversation.read");
    }

    [Fact]
    public async Task Archive_DeletedThere_IsFoundThroughTheArchive()
    {
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).SyncFrom = Place.Clock.GetUtcNow().AddYears(-5));
        await LoadAsync();
        var old = await App.StoredAsync(db => db.Tickets.OrderBy(ticket => ticket.UpdatedAt).Select(ticket => ticket.KustomerId).FirstAsync());
        Place.Acme.Erase(old).ShouldBeTrue();
        Place.Sandbox.Requests.Clear();

        var run = await ReconcileAsync();

        run.Deleted.ShouldBe(1);
        Place.Sandbox.Requests.Counts["acme POST /v1/customers/archive/search"].ShouldBe(1);
        (await TicketAsync(old)).DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SingleConversation_AnsweredAsDeletedOrByItsSurvivor_IsATombstone(bool isMerged)
    {
        await LoadAsync();
        var (gone, survivor) = (Place.Acme.ConversationIds[100], Place.Acme.ConversationIds[101]);
        Place.Acme.Hide(gone);
        Place.Acme.AnswerInstead(gone, isMerged ? survivor : null);

        var run = await ReconcileAsync();

        run.Deleted.ShouldBe(1);
        (await TicketAsync(gone)).DeletedAt.ShouldBe(Place.Clock.GetUtcNow());
        (await TicketAsync(survivor)).DeletedAt.ShouldBeNull();
    }

    /// <summary>Gives stored tickets ids that Kustomer never had; its own of these tickets are then not stored.</summary>
    private async Task<List<string>> RenameAsync(int count)
    {
        await App.ChangeStoredAsync(async db =>
        {
            var ids = await db.Tickets.OrderBy(ticket => ticket.Id).Take(count).Select(ticket => ticket.Id).ToListAsync();
            await db.Tickets.Where(ticket => ids.Contains(ticket.Id)).ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.KustomerId, ticket => "f" + ticket.KustomerId.Substring(1)));
        });
        return await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId.StartsWith("f")).Select(ticket => ticket.KustomerId).ToListAsync());
    }

    private Task<int> LiveCountAsync() => App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.DeletedAt == null));
}

using KustomerAdmin.Audit;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Missing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Missing;

/// <summary>Tickets that the console knows: on the list, kept out by its filter, or gone.</summary>
public sealed class MissingTicketsTests : MissingTicketTest
{
    [Fact]
    public async Task Ticket_OnTheList_IsFoundWithoutARequestAndTheQuestionIsRecorded()
    {
        var id = Acme.ConversationIds[5];

        var findings = await FindAsync(id);

        findings.ShouldBe(new TicketFinding.Listed(new FoundInstance(AcmeId, "acme", "acme"), await StoredIdAsync(id)), 0);
        Place.Sandbox.Requests.Counts.ShouldBeEmpty();
        var entry = await App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync());
        (entry.Action, entry.ActorName, entry.Subject).ShouldBe((AuditActions.TicketSought, TestApp.AdminName, id));
    }

    [Fact]
    public async Task Ticket_ThatTheFilterKeepsOut_NamesTheConditionsThatDoAndNoOther()
    {
        var id = Acme.ConversationIds[5];
        FilterCondition isThere = new("subject", FilterOperator.IsNotEmpty, []), status = new("status", FilterOperator.Is, ["no such"]), channel = new("channel", FilterOperator.AnyOf, ["pigeon"]);
        var list = new TicketQuery { Filter = new FilterGroup(false, [isThere, status, new FilterGroup(true, [channel])]), Page = 3 };

        var filtered = (await FindAsync(id, list)).ShouldHaveSingle<TicketFinding.Filtered>();

        filtered.Conditions.ShouldBe([status, channel], ignoreOrder: true);
        filtered.Widen(list).ShouldBe(list with { Filter = new FilterGroup(false, [isThere]), Page = 1 });
        (await FindAsync(id, filtered.Widen(list))).ShouldHaveSingle<TicketFinding.Listed>();
    }

    [Fact]
    public async Task Ticket_OfAnotherInstanceThanTheListShows_IsKeptOutByThatCondition()
    {
        var globexId = await App.ConnectAsync(Place.Globex);
        await App.RunSyncAsync(globexId);
        var list = TicketQuery.FromAddress($"tickets?instance={AcmeId}");

        var filtered = (await FindAsync(Address("globex", Place.Globex.ConversationIds[0]), list)).ShouldHaveSingle<TicketFinding.Filtered>();

        filtered.Instance.Name.ShouldBe("globex");
        filtered.Conditions.ShouldHaveSingleItem().Field.ShouldBe("instance");
    }

    [Fact]
    public async Task Ticket_ThatPassesTheFilterOfASample_SaysThatChanceDecides() =>
        (await FindAsync(Acme.ConversationIds[5], new TicketQuery { Sample = new TicketSample(2, 7) })).ShouldHaveSingle<TicketFinding.Sampled>().Count.ShouldBe(2);

    [Fact]
    public async Task Ticket_DeletedInKustomer_SaysWhenItWasNoticed()
    {
        var id = await TombstoneAsync();
        Acme.Delete(id);

        (await FindAsync(id)).ShouldBe(new TicketFinding.Gone(new FoundInstance(AcmeId, "acme", "acme"), await StoredIdAsync(id), Place.Clock.GetUtcNow(), null), 1);
    }

    [Fact]
    public async Task Ticket_MergedIntoAnother_NamesTheOther()
    {
        var (id, survivor) = (await TombstoneAsync(), Acme.ConversationIds[9]);
        Acme.AnswerInstead(id, survivor);

        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Gone>().Into.ShouldBe(new Survivor(survivor, await StoredIdAsync(survivor)));
    }

    [Fact]
    public async Task Ticket_DeletedWhileTheInstanceIsDisconnected_IsStillSaidToBeGone()
    {
        var id = await TombstoneAsync();
        await App.DisconnectAsync(AcmeId);

        (await FindAsync(id)).ShouldBe(new TicketFinding.Gone(new FoundInstance(AcmeId, "acme", "acme"), await StoredIdAsync(id), Place.Clock.GetUtcNow(), null), 0);
    }

    [Fact]
    public async Task Ticket_DeletedBeforeItWasEverSynced_IsGoneAndNothingOfItIsStored()
    {
        var id = Acme.Create();
        Acme.AnswerInstead(id, null);

        (await FindAsync(id)).ShouldBe(new TicketFinding.Gone(new FoundInstance(AcmeId, "acme", "acme"), null, null, null), 1);
    }

    /// <summary>A ticket that the console has noticed to be gone.</summary>
    private async Task<string> TombstoneAsync()
    {
        var (id, now) = (Acme.ConversationIds[7], Place.Clock.GetUtcNow());
        await App.ChangeStoredAsync(async db =>
        {
            var ticket = await db.Tickets.SingleAsync(ticket => ticket.KustomerId == id);
            (ticket.MissingSince, ticket.DeletedAt) = (now.AddDays(-1), now);
        });
        return id;
    }

    private Task<long> StoredIdAsync(string id) => App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == id).Select(ticket => ticket.Id).SingleAsync());
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Integrations;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Missing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Missing;

/// <summary>Every reason for which a ticket may not be in a list, against the emulator.</summary>
public sealed class MissingTicketsTests : IAsyncLifetime
{
    private const string Nobodys = "5a0000000000000000000001";

    private Workplace _place = null!;
    private long _acmeId;

    private TestApp App => _place.App;

    private SandboxOrganization Acme => _place.Acme;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _acmeId = await App.ConnectAsync(Acme);
        (await App.RunSyncAsync(_acmeId)).Outcome.ShouldBe(RunOutcome.Succeeded);
        _place.Sandbox.Requests.Clear();
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Ticket_OnTheList_IsFoundWithoutARequestAndTheQuestionIsRecorded()
    {
        var id = Acme.ConversationIds[5];

        var findings = await FindAsync(id);

        findings.ShouldBe(new TicketFinding.Listed(new FoundInstance(_acmeId, "acme", "acme"), await StoredIdAsync(id)), 0);
        _place.Sandbox.Requests.Counts.ShouldBeEmpty();
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
        var globexId = await App.ConnectAsync(_place.Globex);
        await App.RunSyncAsync(globexId);
        var list = TicketQuery.FromAddress($"tickets?instance={_acmeId}");

        var filtered = (await FindAsync(Address("globex", _place.Globex.ConversationIds[0]), list)).ShouldHaveSingle<TicketFinding.Filtered>();

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

        (await FindAsync(id)).ShouldBe(new TicketFinding.Gone(new FoundInstance(_acmeId, "acme", "acme"), await StoredIdAsync(id), _place.Clock.GetUtcNow(), null), 1);
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
        await App.DisconnectAsync(_acmeId);

        (await FindAsync(id)).ShouldBe(new TicketFinding.Gone(new FoundInstance(_acmeId, "acme", "acme"), await StoredIdAsync(id), _place.Clock.GetUtcNow(), null), 0);
    }

    [Fact]
    public async Task Ticket_DeletedBeforeItWasEverSynced_IsGoneAndNothingOfItIsStored()
    {
        var id = Acme.Create();
        Acme.AnswerInstead(id, null);

        (await FindAsync(id)).ShouldBe(new TicketFinding.Gone(new FoundInstance(_acmeId, "acme", "acme"), null, null, null), 1);
    }

    [Fact]
    public async Task Id_ThatNobodyKnows_CostsARequestForEachInstanceAndIsInTheLedger()
    {
        await App.ConnectAsync(_place.Globex);

        var findings = await FindAsync(Nobodys);

        findings.All.Select(finding => finding.ShouldBeOfType<TicketFinding.Unknown>().Instance.Name).ShouldBe(["acme", "globex"]);
        findings.Requests.ShouldBe(2);
        var ledger = (await App.LedgerAsync()).Where(line => line.Purpose is RequestPurpose.TicketLookup).ToList();
        ledger.Select(line => (line.CausedBy, line.Endpoint)).ShouldBe([(TestApp.AdminName, "v1/conversations/{id}"), (TestApp.AdminName, "v1/conversations/{id}")]);
    }

    [Fact]
    public async Task Address_OfOneInstance_AsksThatOneOnly()
    {
        await App.ConnectAsync(_place.Globex);

        (await FindAsync(Address("acme", Nobodys))).ShouldHaveSingle<TicketFinding.Unknown>().Instance.Name.ShouldBe("acme");
    }

    [Fact]
    public async Task Address_OfAnOrganisationThatIsNotConnected_SaysSoAndSendsNothing()
    {
        (await FindAsync(Address("initech", Nobodys))).ShouldBe(new TicketFinding.Unconnected("initech"), 0);
        _place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Id_WhileNothingIsConnected_SaysSo()
    {
        await using var empty = TestApp.Start();

        (await empty.AsAdminAsync<TicketFinder, TicketFindings>(finder => finder.FindAsync(new TicketReference(Nobodys, null), new TicketQuery(), Viewer(), default))).ShouldBe(new TicketFinding.Unconnected(null), 0);
    }

    [Fact]
    public async Task Ticket_CreatedAfterTheLastSync_IsNotSyncedYetUntilTheNextOne()
    {
        _place.Clock.Advance(TimeSpan.FromMinutes(20));
        var id = Acme.Create();

        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.NotYet>().UpdatedAt.ShouldBe(_place.Clock.GetUtcNow());

        await App.RunSyncAsync(_acmeId);
        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Listed>();
    }

    [Fact]
    public async Task Ticket_ThatTheSearchDoesNotShow_IsOverlooked()
    {
        var id = Acme.Create();
        Acme.Hide(id);
        _place.Clock.Advance(TimeSpan.FromMinutes(20));
        await App.RunSyncAsync(_acmeId);

        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Overlooked>();
    }

    [Fact]
    public async Task Ticket_WhileItsInstanceIsPaused_NamesWhoPausedIt()
    {
        var id = Acme.Create();
        await App.AsAdminAsync<InstanceActions, string?>(actions => actions.PauseAsync(_acmeId, default));

        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Paused>().By.ShouldBe(TestApp.AdminName);
    }

    [Fact]
    public async Task Ticket_WhileTheSyncFails_SaysSinceWhenAndWhy()
    {
        var id = Acme.Create();
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.HtmlPage });
        (await App.RunSyncAsync(_acmeId)).Outcome.ShouldBe(RunOutcome.Failed);

        var failing = (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Failing>();

        failing.Since.ShouldBe(_place.Clock.GetUtcNow());
        failing.Note.ShouldNotBeNull().ShouldContain("not one of Kustomer's API");
    }

    [Fact]
    public async Task Ticket_WhileTheSyncWaitsForTheLimit_SaysUntilWhen()
    {
        var (id, until) = (Acme.Create(), _place.Clock.GetUtcNow().AddSeconds(40));
        await ChangeAcmeAsync(instance => (instance.Run, instance.WaitingUntil) = (RunState.Waiting, until));

        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Waiting>().Until.ShouldBe(until);
    }

    [Fact]
    public async Task Ticket_OfADisconnectedInstance_CannotBeAskedFor()
    {
        var id = Acme.Create();
        await App.DisconnectAsync(_acmeId);
        _place.Sandbox.Requests.Clear();

        (await FindAsync(id)).ShouldBe(new TicketFinding.Unreachable(new FoundInstance(_acmeId, "acme", "acme"), true, null), 0);
        _place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ticket_OfAnInstanceWithoutAGoodKey_SaysWhy()
    {
        var id = Acme.Create();
        Acme.Revoke(Acme.Keys.ReadOnly);
        await App.RunSyncAsync(_acmeId);

        var unreachable = (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Unreachable>();

        (unreachable.IsDisconnected, unreachable.Why).ShouldBe((false, (await App.InstanceAsync(_acmeId)).CredentialNote));
        unreachable.Why.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Ticket_WhileKustomerDoesNotAnswer_IsNeitherThereNorNot()
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations", Kind = FaultKind.Status, Status = 503 });

        (await FindAsync(Acme.Create())).All.ShouldHaveSingleItem().ShouldBeOfType<TicketFinding.Unanswered>().Problem.ShouldContain("503");
    }

    [Fact]
    public async Task Ticket_WhileAnotherInstanceDoesNotAnswer_IsFoundAllTheSame()
    {
        await App.ConnectAsync(_place.Globex);
        _place.Sandbox.Faults.Add(new SandboxFault { Organization = "globex", Kind = FaultKind.Status, Status = 503 });

        (await FindAsync(Acme.Create())).All.ShouldHaveSingleItem().ShouldBeOfType<TicketFinding.NotYet>();
    }

    [Fact]
    public async Task Ticket_InAFormThatCannotBeRead_IsThereButUnreadable()
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations", Kind = FaultKind.MalformedJson });

        (await FindAsync(Acme.Create())).All.ShouldHaveSingleItem().ShouldBeOfType<TicketFinding.Unreadable>().IsKept.ShouldBeFalse();
    }

    [Fact]
    public async Task Ticket_AmongTheRecordsThatCouldNotBeRead_IsFoundThereWithoutARequest()
    {
        var id = Acme.Create();
        await App.ChangeStoredAsync(db =>
        {
            var now = _place.Clock.GetUtcNow();
            db.QuarantinedRecords.Add(new QuarantinedRecord { InstanceId = _acmeId, KustomerId = id, Fingerprint = "f", Reason = "updatedAt is missing or not a date.", FirstSeenAt = now, LastSeenAt = now });
            return Task.CompletedTask;
        });

        (await FindAsync(id)).ShouldBe(new TicketFinding.Unreadable(new FoundInstance(_acmeId, "acme", "acme"), "updatedAt is missing or not a date.", true), 0);
    }

    private static string Address(string subdomain, string id) => $"https://{subdomain}.kustomerapp.com/app/customers/5f1e2d3c4b5a69788796a5b4/event/{id}";

    private static ViewerTime Viewer() => new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);

    private Task<TicketFindings> FindAsync(string typed, TicketQuery? list = null)
    {
        TicketReference.TryParse(typed, out var reference).ShouldBeTrue();
        return App.AsAdminAsync<TicketFinder, TicketFindings>(finder => finder.FindAsync(reference!, list ?? new TicketQuery(), new ViewerTime(_place.Clock.GetUtcNow(), TimeZoneInfo.Utc), CancellationToken.None));
    }

    /// <summary>A ticket that the console has noticed to be gone.</summary>
    private async Task<string> TombstoneAsync()
    {
        var (id, now) = (Acme.ConversationIds[7], _place.Clock.GetUtcNow());
        await App.ChangeStoredAsync(async db =>
        {
            var ticket = await db.Tickets.SingleAsync(ticket => ticket.KustomerId == id);
            (ticket.MissingSince, ticket.DeletedAt) = (now.AddDays(-1), now);
        });
        return id;
    }

    private Task ChangeAcmeAsync(Action<Instance> change) => App.ChangeStoredAsync(async db => change(await db.Instances.SingleAsync(instance => instance.Id == _acmeId)));

    private Task<long> StoredIdAsync(string id) => App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == id).Select(ticket => ticket.Id).SingleAsync());
}

using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tickets.Missing;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Missing;

/// <summary>Tickets that the console has not stored, and what Kustomer says of them.</summary>
public sealed class NotStoredTicketsTests : MissingTicketTest
{
    private const string Nobodys = "5a0000000000000000000001";

    [Fact]
    public async Task Id_ThatNobodyKnows_CostsARequestForEachInstanceAndIsInTheLedger()
    {
        await App.ConnectAsync(Place.Globex);

        var findings = await FindAsync(Nobodys);

        findings.All.Select(finding => finding.ShouldBeOfType<TicketFinding.Unknown>().Instance.Name).ShouldBe(["acme", "globex"]);
        findings.Requests.ShouldBe(2);
        var ledger = (await App.LedgerAsync()).Where(line => line.Purpose is RequestPurpose.TicketLookup).ToList();
        ledger.Select(line => (line.CausedBy, line.Endpoint)).ShouldBe([(TestApp.AdminName, "v1/conversations/{id}"), (TestApp.AdminName, "v1/conversations/{id}")]);
    }

    [Fact]
    public async Task Address_OfOneInstance_AsksThatOneOnly()
    {
        await App.ConnectAsync(Place.Globex);

        (await FindAsync(Address("acme", Nobodys))).ShouldHaveSingle<TicketFinding.Unknown>().Instance.Name.ShouldBe("acme");
    }

    [Fact]
    public async Task Address_OfAnOrganisationThatIsNotConnected_SaysSoAndSendsNothing()
    {
        (await FindAsync(Address("initech", Nobodys))).ShouldBe(new TicketFinding.Unconnected("initech"), 0);
        Place.Sandbox.Requests.Counts.ShouldBeEmpty();
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
        Place.Clock.Advance(TimeSpan.FromMinutes(20));
        var id = Acme.Create();

        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.NotYet>().UpdatedAt.ShouldBe(Place.Clock.GetUtcNow());

        await App.RunSyncAsync(AcmeId);
        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Listed>();
    }

    [Fact]
    public async Task Ticket_ThatTheSearchDoesNotShow_IsOverlooked()
    {
        var id = Acme.Create();
        Acme.Hide(id);
        Place.Clock.Advance(TimeSpan.FromMinutes(20));
        await App.RunSyncAsync(AcmeId);

        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Overlooked>();
    }

    [Fact]
    public async Task Ticket_InAFormThatCannotBeRead_IsThereButUnreadable()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations", Kind = FaultKind.MalformedJson });

        (await FindAsync(Acme.Create())).All.ShouldHaveSingleItem().ShouldBeOfType<TicketFinding.Unreadable>().IsKept.ShouldBeFalse();
    }

    [Fact]
    public async Task Ticket_AmongTheRecordsThatCouldNotBeRead_IsFoundThereWithoutARequest()
    {
        var id = Acme.Create();
        await App.ChangeStoredAsync(db =>
        {
            var now = Place.Clock.GetUtcNow();
            db.QuarantinedRecords.Add(new QuarantinedRecord { InstanceId = AcmeId, KustomerId = id, Fingerprint = "f", Reason = "updatedAt is missing or not a date.", FirstSeenAt = now, LastSeenAt = now });
            return Task.CompletedTask;
        });

        (await FindAsync(id)).ShouldBe(new TicketFinding.Unreadable(new FoundInstance(AcmeId, "acme", "acme"), "updatedAt is missing or not a date.", true), 0);
    }

    private static ViewerTime Viewer() => new(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc);
}

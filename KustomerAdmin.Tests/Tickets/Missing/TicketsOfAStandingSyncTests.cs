using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tickets.Missing;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Missing;

/// <summary>New tickets of an instance whose sync stands still, or of which Kustomer says nothing.</summary>
public sealed class TicketsOfAStandingSyncTests : MissingTicketTest
{
    [Fact]
    public async Task Ticket_WhileItsInstanceIsPaused_NamesWhoPausedIt()
    {
        var id = Acme.Create();
        await App.AsAdminAsync<InstanceActions, string?>(actions => actions.PauseAsync(AcmeId, default));

        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Paused>().By.ShouldBe(TestApp.AdminName);
    }

    [Fact]
    public async Task Ticket_WhileTheSyncFails_SaysSinceWhenAndWhy()
    {
        var id = Acme.Create();
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.HtmlPage });
        (await App.RunSyncAsync(AcmeId)).Outcome.ShouldBe(RunOutcome.Failed);

        var failing = (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Failing>();

        failing.Since.ShouldBe(Place.Clock.GetUtcNow());
        failing.Note.ShouldNotBeNull().ShouldContain("not one of Kustomer's API");
    }

    [Fact]
    public async Task Ticket_WhileTheSyncWaitsForTheLimit_SaysUntilWhen()
    {
        var (id, until) = (Acme.Create(), Place.Clock.GetUtcNow().AddSeconds(40));
        await ChangeAcmeAsync(instance => (instance.Run, instance.WaitingUntil) = (RunState.Waiting, until));

        (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Waiting>().Until.ShouldBe(until);
    }

    [Fact]
    public async Task Ticket_OfADisconnectedInstance_CannotBeAskedFor()
    {
        var id = Acme.Create();
        await App.DisconnectAsync(AcmeId);
        Place.Sandbox.Requests.Clear();

        (await FindAsync(id)).ShouldBe(new TicketFinding.Unreachable(new FoundInstance(AcmeId, "acme", "acme"), true, null), 0);
        Place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ticket_OfAnInstanceWithoutAGoodKey_SaysWhy()
    {
        var id = Acme.Create();
        Acme.Revoke(Acme.Keys.ReadOnly);
        await App.RunSyncAsync(AcmeId);

        var unreachable = (await FindAsync(id)).ShouldHaveSingle<TicketFinding.Unreachable>();

        (unreachable.IsDisconnected, unreachable.Why).ShouldBe((false, (await App.InstanceAsync(AcmeId)).CredentialNote));
        unreachable.Why.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Ticket_WhileKustomerDoesNotAnswer_IsNeitherThereNorNot()
    {
        Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations", Kind = FaultKind.Status, Status = 503 });

        (await FindAsync(Acme.Create())).All.ShouldHaveSingleItem().ShouldBeOfType<TicketFinding.Unanswered>().Problem.ShouldContain("503");
    }

    [Fact]
    public async Task Ticket_WhileAnotherInstanceDoesNotAnswer_IsFoundAllTheSame()
    {
        await App.ConnectAsync(Place.Globex);
        Place.Sandbox.Faults.Add(new SandboxFault { Organization = "globex", Kind = FaultKind.Status, Status = 503 });

        (await FindAsync(Acme.Create())).All.ShouldHaveSingleItem().ShouldBeOfType<TicketFinding.NotYet>();
    }

    private Task ChangeAcmeAsync(Action<Instance> change) => App.ChangeStoredAsync(async db => change(await db.Instances.SingleAsync(instance => instance.Id == AcmeId)));
}

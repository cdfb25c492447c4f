using KustomerAdmin.Audit;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Details;

public sealed class OpeningTicketsTests : IClassFixture<SyncedPlace>, IDisposable
{
    private readonly SyncedPlace _synced;
    private readonly TicketMeter _meter = new(TimeProvider.System);

    public OpeningTicketsTests(SyncedPlace synced)
    {
        _synced = synced;

        // What another test's ticket left in memory is forgotten.
        _synced.Place.Clock.Advance(TicketCatalogs.Life);
    }

    private SandboxOrganization Acme => _synced.Place.Acme;

    public void Dispose() => _synced.Place.Sandbox.Faults.Clear();

    [Fact]
    public async Task Open_Showcase_ShowsEveryPartForSevenRequests()
    {
        var view = await OpenAsync(Acme.ShowcaseConversationId);

        _meter.Sent.ShouldBe(7);
        view.ShouldSatisfyAllConditions(
            () => view.Conversation.Value.ShouldNotBeNull().Id.ShouldBe(Acme.ShowcaseConversationId),
            () => view.Customer.Value.ShouldNotBeNull(),
            () => view.Messages.Value!.Count.ShouldBe(14),
            () => view.Notes.Value!.Count.ShouldBe(3),
            () => view.Tags.Value.ShouldNotBeNull().ShouldAllBe(tag => tag.Name != null),
            () => view.Facts.ShouldContain(fact => fact.IsCustom));
        view.Timeline.Select(item => item.At).ShouldBeInOrder();
        view.Timeline.Where(item => item.Kind is TimelineKind.Note).ShouldAllBe(item => item.Text!.Contains("notetext-"));
        view.Timeline.Where(item => item.Kind is TimelineKind.Event).ShouldNotBeEmpty();
        view.Timeline.Where(item => item.Kind is TimelineKind.Inbound or TimelineKind.Outbound).ShouldAllBe(item => item.Text!.Contains("msgtext-"));
    }

    [Fact]
    public async Task Open_LongConversation_CostsOneRequestForEachFurtherPage()
    {
        var view = await OpenAsync(Acme.LongConversationIds[0]);

        view.Messages.Value!.Count.ShouldBe(110);
        _meter.Sent.ShouldBe(8, string.Join(", ", _meter.Lines.Select(line => $"{line.Part} {line.State} {line.Requests}")));
    }

    [Fact]
    public async Task Open_AnyTicket_RecordsWhoLookedFirst()
    {
        _synced.Place.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.ConnectionReset });

        await OpenAsync(Acme.ShowcaseConversationId);

        var entry = await _synced.App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync());
        (entry.Action, entry.ActorName, entry.Subject).ShouldBe((AuditActions.TicketOpened, TestApp.AdminName, $"acme {Acme.ShowcaseConversationId}"));
    }

    [Theory]
    [InlineData("/v1/conversations/{id}/messages")]
    [InlineData("/v1/conversations/{id}/notes")]
    [InlineData("/v1/customers/{id}")]
    [InlineData("/v1/tags")]
    [InlineData("/v1/users")]
    [InlineData("/v1/metadata")]
    [InlineData("/v1/conversations/{id}")]
    public async Task Open_OnePartFails_ShowsTheOthers(string endpoint)
    {
        _synced.Place.Sandbox.Faults.Add(new SandboxFault { Endpoint = endpoint, Kind = FaultKind.Status, Status = 503 });

        var view = await OpenAsync(Acme.ShowcaseConversationId);

        string?[] problems = [view.Conversation.Problem, view.Customer.Problem, view.Messages.Problem, view.Notes.Problem, view.Tags.Problem];
        var isHidden = endpoint is "/v1/users" or "/v1/metadata";
        problems.OfType<string>().ShouldAllBe(problem => problem.Contains("status 503"));
        problems.Count(problem => problem is not null).ShouldBe(isHidden ? 0 : endpoint is "/v1/conversations/{id}" ? 2 : 1);
        view.Facts.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Open_KustomerIsAway_ShowsWhatIsStoredAndWhyTheRestIsMissing()
    {
        _synced.Place.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.ConnectionReset });
        var ticket = await _synced.FindAsync(Acme.ShowcaseConversationId);

        var view = await OpenAsync(Acme.ShowcaseConversationId);

        view.Messages.ShouldBe(new Part<IReadOnlyList<TimelineItem>>(null, "The connection to Kustomer failed.") { Failure = PartFailure.Unavailable });
        view.IsWithoutDetails.ShouldBeTrue();
        view.Facts.ShouldBe(ticket.Facts);
        ticket.Subject.ShouldNotBeNull();
    }

    [Fact]
    public async Task Open_DeletedInKustomer_SaysSo()
    {
        var id = Acme.ConversationIds[100];
        await _synced.FindAsync(id);
        Acme.Delete(id).ShouldBeTrue();

        (await OpenAsync(id)).Conversation.Problem.ShouldNotBeNull().ShouldContain("deleted or merged");
    }

    [Fact]
    public async Task Open_InstanceWithoutCredentials_SaysSoAndSendsNothing()
    {
        await using var place = await Workplace.StartAsync(tickets: 20);
        var instanceId = await place.App.ConnectAsync(place.Acme);
        await place.App.RunSyncAsync(instanceId);
        await place.App.DisconnectAsync(instanceId);
        place.Sandbox.Requests.Clear();

        var view = await place.App.AsAdminAsync<TicketViewer, TicketView>(async viewer => await viewer.OpenAsync((await viewer.FindAsync(1, default)).ShouldNotBeNull(), _meter, null, default));

        view.Messages.Problem.ShouldNotBeNull().ShouldContain("not connected");
        place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_Ticket_StoresNothingButTheRecordAndTheCount()
    {
        var before = await CountsAsync();

        await OpenAsync(Acme.ShowcaseConversationId);

        (await CountsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Find_UnknownTicket_IsNone() =>
        (await _synced.App.AsAdminAsync<TicketViewer, StoredTicket?>(viewer => viewer.FindAsync(4_000_000, CancellationToken.None))).ShouldBeNull();

    private async Task<TicketView> OpenAsync(string id)
    {
        var ticket = await _synced.FindAsync(id);
        return await _synced.App.AsAdminAsync<TicketViewer, TicketView>(viewer => viewer.OpenAsync(ticket, _meter, null, CancellationToken.None));
    }

    private Task<(int Tickets, int Values, int Customers)> CountsAsync() => _synced.App.StoredAsync(async db =>
        (await db.Tickets.CountAsync(), await db.TicketMetadata.CountAsync(), await db.Customers.CountAsync()));
}

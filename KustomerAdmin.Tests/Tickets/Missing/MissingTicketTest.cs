using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tickets.Missing;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Missing;

/// <summary>One organisation, synced, and a ticket that somebody names.</summary>
public abstract class MissingTicketTest : IAsyncLifetime
{
    protected Workplace Place { get; private set; } = null!;

    protected long AcmeId { get; private set; }

    protected TestApp App => Place.App;

    protected SandboxOrganization Acme => Place.Acme;

    public async Task InitializeAsync()
    {
        Place = await Workplace.StartAsync();
        AcmeId = await App.ConnectAsync(Acme);
        (await App.RunSyncAsync(AcmeId)).Outcome.ShouldBe(RunOutcome.Succeeded);
        Place.Sandbox.Requests.Clear();
    }

    public async Task DisposeAsync() => await Place.DisposeAsync();

    protected static string Address(string subdomain, string id) => $"https://{subdomain}.kustomerapp.com/app/customers/5f1e2d3c4b5a69788796a5b4/event/{id}";

    protected Task<TicketFindings> FindAsync(string typed, TicketQuery? list = null)
    {
        TicketReference.TryParse(typed, out var reference).ShouldBeTrue();
        return App.AsAdminAsync<TicketFinder, TicketFindings>(finder => finder.FindAsync(reference!, list ?? new TicketQuery(), new ViewerTime(Place.Clock.GetUtcNow(), TimeZoneInfo.Utc), CancellationToken.None));
    }
}

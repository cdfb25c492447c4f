using KustomerAdmin.Sandbox;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Fetching;

/// <summary>What is remembered from one ticket to the next.</summary>
public sealed class RememberedNamesTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    private SandboxOrganization Acme => _place.Acme;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _instanceId = await App.ConnectAsync(Acme);
        await App.RunSyncAsync(_instanceId);
        _place.Sandbox.Requests.Clear();
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Open_Again_CostsTheTicketsOwnFourRequests()
    {
        var (first, second, third) = (await OpenAsync(), await OpenAsync(), await OpenAsync());

        first.Sent.ShouldBe(7);
        second.Sent.ShouldBeLessThanOrEqualTo(5, "the teams' names, which had no place in the first");
        third.Sent.ShouldBe(4);
        third.Lines.Where(line => line.State is MeterState.Remembered).Select(line => line.Part).ShouldBe([TicketPart.People, TicketPart.Tags, TicketPart.Fields, TicketPart.Teams]);
        third.Lines.ShouldAllBe(line => line.Took != null);
        _place.Sandbox.Requests.Counts.Values.Sum().ShouldBe(first.Sent + second.Sent + third.Sent);
    }

    [Fact]
    public async Task Names_AfterTheirLife_AreAskedForAgain()
    {
        await OpenAsync();
        await OpenAsync();
        App.Catalogs.Count.ShouldBe(4);

        _place.Clock.Advance(TicketCatalogs.Life);

        App.Catalogs.Count.ShouldBe(0);
        (await OpenAsync()).Sent.ShouldBe(7);
    }

    [Fact]
    public async Task Names_AfterDisconnect_AreForgotten()
    {
        await OpenAsync();

        await App.DisconnectAsync(_instanceId);

        await App.Catalogs.Check;
        App.Catalogs.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Names_WhileTheInstanceStaysConnected_AreKept()
    {
        await OpenAsync();

        await App.RunSyncAsync(_instanceId);
        await App.Catalogs.Check;

        App.Catalogs.Count.ShouldBe(3);
    }

    private Task<TicketMeter> OpenAsync() => App.AsAdminAsync<TicketViewer, TicketMeter>(async viewer =>
    {
        var meter = new TicketMeter(_place.Clock);
        var id = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == Acme.ShowcaseConversationId).Select(ticket => ticket.Id).SingleAsync());
        var view = await viewer.OpenAsync((await viewer.FindAsync(id, default)).ShouldNotBeNull(), meter, null, default);
        view.Messages.Value.ShouldNotBeNull();
        view.IsComplete.ShouldBeTrue();
        return meter;
    });
}

using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Integrations;
using KustomerAdmin.Tickets.Missing;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Missing;

/// <summary>Tickets that the first load has not come back to, or never will.</summary>
public sealed class MissingOldTicketsTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _acmeId;

    private TestApp App => _place.App;

    private KeyValuePair<string, DateTimeOffset> Oldest => _place.Acme.Versions.Where(version => version.Value > _place.Clock.GetUtcNow().AddYears(-2)).MinBy(version => version.Value);

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(tickets: 1300);
        _acmeId = await App.ConnectAsync(_place.Acme);
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Ticket_BehindWhereTheFirstLoadIs_SaysHowFarItHasCome()
    {
        await App.RunSyncUntilAPageIsStoredAsync(_acmeId);

        var loading = (await FindAsync()).ShouldHaveSingle<TicketFinding.Loading>();

        (loading.UpdatedAt, loading.Reached).ShouldBe((Oldest.Value, (await App.InstanceAsync(_acmeId)).HistoryCursor));
        await App.RunSyncAsync(_acmeId);
        (await FindAsync()).ShouldHaveSingle<TicketFinding.Listed>();
    }

    [Fact]
    public async Task Ticket_OlderThanTheStartDate_IsHereOnceTheStartIsMovedToIt()
    {
        var from = _place.Clock.GetUtcNow().AddDays(-30);
        await SetStartAsync(from);
        (await App.RunSyncAsync(_acmeId)).Outcome.ShouldBe(RunOutcome.Succeeded);

        var old = (await FindAsync()).ShouldHaveSingle<TicketFinding.TooOld>();

        (old.UpdatedAt, old.From).ShouldBe((Oldest.Value, from));
        (await SetStartAsync(old.UpdatedAt)).ShouldBeNull();
        await App.RunSyncAsync(_acmeId);
        (await FindAsync()).ShouldHaveSingle<TicketFinding.Listed>();
    }

    [Fact]
    public async Task Ticket_OlderThanKustomersSearchHolds_IsTooOldWithoutAStartDate()
    {
        await App.RunSyncAsync(_acmeId);
        var archived = _place.Acme.Versions.First(version => version.Value < _place.Clock.GetUtcNow().AddYears(-2).AddDays(-1)).Key;

        (await FindAsync(archived)).ShouldHaveSingle<TicketFinding.TooOld>().From.ShouldBeNull();
    }

    private Task<string?> SetStartAsync(DateTimeOffset from) => App.AsAdminAsync<InstanceSettings, string?>(settings => settings.SetStartAsync(_acmeId, from, CancellationToken.None));

    private Task<TicketFindings> FindAsync(string? id = null) => App.AsAdminAsync<TicketFinder, TicketFindings>(finder =>
        finder.FindAsync(new TicketReference(id ?? Oldest.Key, null), new TicketQuery(), new ViewerTime(_place.Clock.GetUtcNow(), TimeZoneInfo.Utc), CancellationToken.None));
}

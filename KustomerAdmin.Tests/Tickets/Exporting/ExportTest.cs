using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Exporting;

/// <summary>The file as a browser gets it. All tests of a class share one synced console: what one changes in it, no other looks at.</summary>
public abstract class ExportTest : IClassFixture<ExportTest.Synced>, IAsyncLifetime
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private long _lastEntry;

    protected ExportTest(Synced synced) => Place = synced.Place;

    protected static string[] Columns { get; } = ["id", "subject", "status", "priority", "createdAt", "updatedAt", "custom.orderValueNum"];

    protected Workplace Place { get; }

    protected List<RunningExport> Begun { get; } = [];

    protected HttpClient Browser { get; private set; } = null!;

    protected TestApp App => Place.App;

    public async Task InitializeAsync()
    {
        Browser = await App.OpenBrowserAsync();
        _lastEntry = await App.StoredAsync(db => db.AuditEntries.MaxAsync(entry => entry.Id));
    }

    public Task DisposeAsync()
    {
        Begun.ForEach(export => App.Exports.TryEnd(export, ExportState.Cancelled));
        Browser.Dispose();
        return Task.CompletedTask;
    }

    protected ViewerTime Viewer() => new(Place.Clock.GetUtcNow(), s_berlin);

    protected async Task<RunningExport> BeginAsync(TicketQuery query)
    {
        var export = (await App.AsAdminAsync<TicketExport, ExportStart>(exports => exports.BeginAsync(query, Viewer(), CancellationToken.None))).Export.ShouldNotBeNull();
        Begun.Add(export);
        return export;
    }

    protected Task<List<AuditEntry>> AuditAsync() =>
        App.StoredAsync(db => db.AuditEntries.AsNoTracking().Where(entry => entry.Id > _lastEntry).Where(entry => entry.Action == AuditActions.ExportBegun || entry.Action == AuditActions.TicketsExported).OrderBy(entry => entry.Id).ToListAsync());

    public sealed class Synced : IAsyncLifetime
    {
        public Workplace Place { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Place = await Workplace.StartAsync(tickets: 1300);
            (await Place.App.RunSyncAsync(await Place.App.ConnectAsync(Place.Acme))).Outcome.ShouldBe(RunOutcome.Succeeded);
        }

        public async Task DisposeAsync() => await Place.DisposeAsync();
    }
}

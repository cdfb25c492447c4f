using System.IO.Pipelines;
using KustomerAdmin.Audit;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Exporting;

public sealed class ExportRightsTests : IAsyncLifetime
{
    private Workplace _place = null!;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        await App.RunSyncAsync(await App.ConnectAsync(_place.Acme));
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Export_OfAnAdminWhoIsOneNoLonger_EndsAtTheNextBatch()
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        RunningExport? export = null;
        var written = App.AsAdminAsync<TicketExport, bool>(async exports =>
        {
            var begun = (await exports.BeginAsync(new TicketQuery(), new ViewerTime(_place.Clock.GetUtcNow(), TimeZoneInfo.Utc), CancellationToken.None)).Export.ShouldNotBeNull();
            export = (await exports.CollectAsync(begun.Key, static () => { }, CancellationToken.None)).ShouldNotBeNull();
            await exports.WriteAsync(export, pipe.Writer, CancellationToken.None);
            return true;
        });
        var header = await pipe.Reader.ReadAsync();

        await App.ChangeStoredAsync(async db => (await db.Users.SingleAsync()).SecurityStamp = "changed");
        pipe.Reader.AdvanceTo(header.Buffer.End);
        await written;

        export.ShouldNotBeNull();
        (export.State, export.Rows).ShouldBe((ExportState.Failed, 0));
        (await App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync(entry => entry.Action == AuditActions.TicketsExported))).Detail.ShouldBe("The session ended meanwhile. 0 rows.");
    }
}

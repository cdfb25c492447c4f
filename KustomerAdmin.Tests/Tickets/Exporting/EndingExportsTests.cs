using System.IO.Pipelines;
using System.Net;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Tickets;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Exporting;

/// <summary>One export at a time, collected once, to its end or not.</summary>
public sealed class EndingExportsTests(ExportTest.Synced synced) : ExportTest(synced)
{
    [Fact]
    public async Task Address_OfAnExport_WorksOnceAndForItsAdminOnly()
    {
        var export = await BeginAsync(new TicketQuery { Columns = ["id"] });
        using var stranger = App.NewVisitor();

        (await stranger.GetAsync(TicketEndpoints.ExportAddress(export))).StatusCode.ShouldBe(HttpStatusCode.Found, "to the sign-in page");
        (await Browser.GetAsync(TicketEndpoints.ExportAddress(export))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Browser.GetAsync(TicketEndpoints.ExportAddress(export))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Browser.GetAsync("exports/" + new string('0', 32))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var anothers = App.Exports.Begin(Actor.Admin("another", "ben@example.com", null), export.Order, out _).ShouldNotBeNull();
        (await Browser.GetAsync(TicketEndpoints.ExportAddress(anothers))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        anothers.State.ShouldBe(ExportState.Waiting);
        Begun.Add(anothers);
    }

    [Fact]
    public async Task Export_CancelledInTheMiddle_BreaksTheDownloadOffAndFreesItsPlace()
    {
        var export = await BeginAsync(new TicketQuery { Columns = Columns });
        export.Changed += () =>
        {
            if (export.Rows > 0)
            {
                App.Exports.TryEnd(export, ExportState.Cancelled);
            }
        };

        // Never a file that ends as if it were whole.
        await Should.ThrowAsync<HttpRequestException>(() => Browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(export)));

        export.State.ShouldBe(ExportState.Cancelled);
        export.Rows.ShouldBeInRange(1, 1000);
    }

    [Fact]
    public async Task Export_CancelledInTheMiddle_IsRecordedAndItsPlaceIsFree()
    {
        using var connection = new CancellationTokenSource();
        var export = await CollectAsync(new TicketQuery { Columns = Columns }, connection.Cancel);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var written = WriteAsync(export, pipe.Writer, connection.Token);
        await pipe.Reader.ReadAsync();

        await App.AsAdminAsync<TicketExport, bool>(async exports =>
        {
            await exports.CancelAsync(CancellationToken.None);
            return true;
        });
        await written;

        export.State.ShouldBe(ExportState.Cancelled);
        var entry = (await AuditAsync())[^1];
        (entry.Action, entry.Outcome, entry.Detail).ShouldBe((AuditActions.TicketsExported, AuditOutcome.Failed, "Cancelled by the admin. 0 rows."));
        (await BeginAsync(new TicketQuery())).State.ShouldBe(ExportState.Waiting);
    }

    [Fact]
    public async Task Export_WhoseReaderIsSlow_ReadsNoFurtherThanTheBatchUnderWay()
    {
        var export = await CollectAsync(new TicketQuery { Columns = Columns }, static () => { });
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var written = WriteAsync(export, pipe.Writer, CancellationToken.None);
        var (taken, batches, largest) = (-1L, 0, 0L);
        for (var read = await pipe.Reader.ReadAsync(); read.Buffer.Length > 0; read = await pipe.Reader.ReadAsync())
        {
            // The first is the header. Nothing is counted that has not been taken: what waits is one batch.
            export.Rows.ShouldBe(Math.Max(0, taken));
            (taken, batches, largest) = (taken + Lines(read.Buffer), batches + 1, Math.Max(largest, read.Buffer.Length));
            pipe.Reader.AdvanceTo(read.Buffer.End);
        }

        await written;
        batches.ShouldBeGreaterThan(3);
        largest.ShouldBeLessThan(256 * 1024);
        (export.State, export.Rows).ShouldBe((ExportState.Done, await App.StoredAsync(db => db.Tickets.LongCountAsync())));
    }

    [Fact]
    public async Task Export_WhoseConnectionIsLost_EndsAndSaysSo()
    {
        using var lost = new CancellationTokenSource();
        var export = await CollectAsync(new TicketQuery { Columns = Columns }, lost.Cancel);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var written = WriteAsync(export, pipe.Writer, lost.Token);
        await pipe.Reader.ReadAsync();

        await lost.CancelAsync();
        await written;

        export.State.ShouldBe(ExportState.Failed);
        (await AuditAsync())[^1].Detail.ShouldBe("The browser cancelled the download, or its connection was lost. 0 rows.");
    }

    [Fact]
    public async Task Begin_WhileOneRuns_IsRefusedAndRecorded()
    {
        await BeginAsync(new TicketQuery());

        var start = await App.AsAdminAsync<TicketExport, ExportStart>(exports => exports.BeginAsync(new TicketQuery(), Viewer(), default));

        start.Export.ShouldBeNull();
        var entry = (await AuditAsync()).ShouldHaveSingleItem();
        (entry.Action, entry.Outcome, entry.Detail).ShouldBe((AuditActions.ExportBegun, AuditOutcome.Refused, start.Refusal));
    }

    private static long Lines(System.Buffers.ReadOnlySequence<byte> buffer)
    {
        var lines = 0L;
        foreach (var memory in buffer)
        {
            lines += memory.Span.Count((byte)'\n');
        }

        return lines;
    }

    private async Task<RunningExport> CollectAsync(TicketQuery query, Action abort)
    {
        var export = await BeginAsync(query);
        return (await App.AsAdminAsync<TicketExport, RunningExport?>(exports => exports.CollectAsync(export.Key, abort, CancellationToken.None))).ShouldNotBeNull();
    }

    private Task WriteAsync(RunningExport export, PipeWriter output, CancellationToken cancellationToken) => Task.Run(() => App.AsAdminAsync<TicketExport, bool>(async exports =>
    {
        await exports.WriteAsync(export, output, cancellationToken);
        await output.CompleteAsync();
        return true;
    }));
}

using System.IO.Pipelines;
using System.Net;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Exporting;

/// <summary>The file as a browser gets it. All tests share one synced console: what one changes in it, no other looks at.</summary>
public sealed class ExportingTicketsTests : IClassFixture<ExportingTicketsTests.Synced>, IAsyncLifetime
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly string[] s_columns = ["id", "subject", "status", "priority", "createdAt", "updatedAt", "custom.orderValueNum"];

    private readonly Workplace _place;
    private readonly List<RunningExport> _begun = [];
    private HttpClient _browser = null!;
    private long _lastEntry;

    public ExportingTicketsTests(Synced synced) => _place = synced.Place;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _browser = await App.OpenBrowserAsync();
        _lastEntry = await App.StoredAsync(db => db.AuditEntries.MaxAsync(entry => entry.Id));
    }

    public Task DisposeAsync()
    {
        _begun.ForEach(export => App.Exports.TryEnd(export, ExportState.Cancelled));
        _browser.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Export_OfAList_HoldsItsTicketsInItsOrderAndIsADownloadThatCanDoNothing()
    {
        var export = await BeginAsync(new TicketQuery { Columns = s_columns, SortKey = "createdAt", IsAscending = true });

        using var answer = await _browser.GetAsync(TicketEndpoints.ExportAddress(export));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8; header=present");
        answer.Content.Headers.ContentDisposition!.ToString().ShouldStartWith("attachment; filename=tickets-2026-10-01-1400.csv");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("sandbox; default-src 'none'");

        var file = await answer.Content.ReadAsByteArrayAsync();
        file[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var rows = CsvFile.Read(file);
        rows[0].ShouldBe(["Ticket id", "Subject", "Status", "Priority", "Created", "Updated", (await FieldAsync("custom.orderValueNum")).DisplayName]);
        var stored = await App.StoredAsync(db => db.Tickets.OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id).Select(ticket => new { ticket.KustomerId, ticket.CreatedAt }).ToListAsync());
        rows.Skip(1).Select(row => row[0]).ShouldBe(stored.Select(ticket => ticket.KustomerId));
        rows.Skip(1).Select(row => DateTimeOffset.Parse(row[4], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(stored.Select(ticket => ticket.CreatedAt!.Value));
        rows.Skip(1).ShouldAllBe(row => row[5].EndsWith("+02:00", StringComparison.Ordinal) || row[5].EndsWith("+01:00", StringComparison.Ordinal));
        rows.Skip(1).Count(row => row[6].Length > 0).ShouldBeGreaterThan(0);
        (export.State, export.Rows).ShouldBe((ExportState.Done, (long)stored.Count));
    }

    [Fact]
    public async Task Export_OfAFilterWithSomebodysName_IsRecordedAtBothEndsWithoutTheName()
    {
        var filter = new FilterGroup(false, [new FilterCondition("subject", FilterOperator.Contains, ["Ada Lovelace"]), new FilterGroup(true, [new FilterCondition("status", FilterOperator.Is, ["open"]), new FilterCondition("priority", FilterOperator.AtLeast, ["3"])])]);
        var export = await BeginAsync(new TicketQuery { Filter = filter, Columns = ["id"] });

        (await _browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(export))).ShouldNotBeEmpty();

        var entries = await AuditAsync();
        entries.Select(entry => (entry.Action, entry.Outcome, entry.ActorName, entry.Subject)).ShouldBe(
        [
            (AuditActions.ExportBegun, AuditOutcome.Succeeded, TestApp.AdminName, "tickets-2026-10-01-1400.csv"),
            (AuditActions.TicketsExported, AuditOutcome.Succeeded, TestApp.AdminName, "tickets-2026-10-01-1400.csv"),
        ]);
        entries[0].Detail.ShouldBe("Filter: subject contains and (status is or priority is at least). Sorted by updatedAt, last first. Columns: id.");
        entries[1].Detail.ShouldBe("0 rows.");
    }

    [Fact]
    public async Task Address_OfAnExport_WorksOnceAndForItsAdminOnly()
    {
        var export = await BeginAsync(new TicketQuery { Columns = ["id"] });
        using var stranger = App.NewVisitor();

        (await stranger.GetAsync(TicketEndpoints.ExportAddress(export))).StatusCode.ShouldBe(HttpStatusCode.Found, "to the sign-in page");
        (await _browser.GetAsync(TicketEndpoints.ExportAddress(export))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _browser.GetAsync(TicketEndpoints.ExportAddress(export))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _browser.GetAsync("exports/" + new string('0', 32))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var anothers = App.Exports.Begin(Actor.Admin("another", "ben@example.com", null), export.Order, out _).ShouldNotBeNull();
        (await _browser.GetAsync(TicketEndpoints.ExportAddress(anothers))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        anothers.State.ShouldBe(ExportState.Waiting);
        _begun.Add(anothers);
    }

    [Fact]
    public async Task Export_CancelledInTheMiddle_BreaksTheDownloadOffAndFreesItsPlace()
    {
        var export = await BeginAsync(new TicketQuery { Columns = s_columns });
        export.Changed += () =>
        {
            if (export.Rows > 0)
            {
                App.Exports.TryEnd(export, ExportState.Cancelled);
            }
        };

        // Never a file that ends as if it were whole.
        await Should.ThrowAsync<HttpRequestException>(() => _browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(export)));

        export.State.ShouldBe(ExportState.Cancelled);
        export.Rows.ShouldBeInRange(1, 1000);
    }

    [Fact]
    public async Task Export_CancelledInTheMiddle_IsRecordedAndItsPlaceIsFree()
    {
        using var connection = new CancellationTokenSource();
        var export = await CollectAsync(new TicketQuery { Columns = s_columns }, connection.Cancel);
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
        var export = await CollectAsync(new TicketQuery { Columns = s_columns }, static () => { });
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
        var export = await CollectAsync(new TicketQuery { Columns = s_columns }, lost.Cancel);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        var written = WriteAsync(export, pipe.Writer, lost.Token);
        await pipe.Reader.ReadAsync();

        await lost.CancelAsync();
        await written;

        export.State.ShouldBe(ExportState.Failed);
        (await AuditAsync())[^1].Detail.ShouldBe("The browser cancelled the download, or its connection was lost. 0 rows.");
    }

    [Fact]
    public async Task Export_OfASample_HoldsThatManyAndTheSameAgain()
    {
        var query = new TicketQuery { Columns = ["id"], Sample = new TicketSample(25, 4711) };

        var first = CsvFile.Read(await _browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(await BeginAsync(query))));
        var second = CsvFile.Read(await _browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(await BeginAsync(query))));

        first.Count.ShouldBe(26);
        second.Select(row => row[0]).ShouldBe(first.Select(row => row[0]));
    }

    [Fact]
    public async Task Columns_NoLongerStored_AreLeftOutAndNamed()
    {
        string[] columns = ["id", "custom.refundNum", "status", "custom.never"];
        await App.ChangeStoredAsync(async db => (await db.MetadataFields.SingleAsync(field => field.Key == "custom.refundNum")).Storage = FieldStorage.Excluded);

        var plan = await PlanAsync(columns);
        var rows = CsvFile.Read(await _browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(await BeginAsync(new TicketQuery { Columns = columns }))));

        plan.LeftOut.ShouldBe(["Refund amount", "custom.never"]);
        rows[0].ShouldBe(["Ticket id", "Status"]);
        rows.ShouldAllBe(row => row.Count == 2);
    }

    [Fact]
    public async Task Columns_OfTheSameName_CarryTheirKeys()
    {
        await App.ChangeStoredAsync(async db => (await db.MetadataFields.SingleAsync(field => field.Key == "custom.itemsNum")).DisplayName = "status");

        (await PlanAsync(["status", "custom.itemsNum", "priority"])).Columns.Select(column => column.Header).ShouldBe(["Status (status)", "status (custom.itemsNum)", "Priority"]);
    }

    [Fact]
    public async Task Subject_ThatIsAFormula_IsTextInTheFile()
    {
        await App.ChangeStoredAsync(async db => (await db.Tickets.OrderBy(ticket => ticket.Id).FirstAsync()).Subject = "=HYPERLINK(\"https://evil.example\",\"open\")");

        var rows = CsvFile.Read(await _browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(await BeginAsync(new TicketQuery { Columns = ["subject"] }))));

        rows.Select(row => row[0]).ShouldContain("'=HYPERLINK(\"https://evil.example\",\"open\")");
        rows.ShouldAllBe(row => row[0].Length == 0 || !"=+-@\t\r\0".Contains(row[0][0], StringComparison.Ordinal));
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

    private ViewerTime Viewer() => new(_place.Clock.GetUtcNow(), s_berlin);

    private async Task<RunningExport> BeginAsync(TicketQuery query)
    {
        var export = (await App.AsAdminAsync<TicketExport, ExportStart>(exports => exports.BeginAsync(query, Viewer(), CancellationToken.None))).Export.ShouldNotBeNull();
        _begun.Add(export);
        return export;
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

    private Task<ExportPlan> PlanAsync(IReadOnlyList<string> columns) =>
        App.AsAdminAsync<TicketExport, ExportPlan>(exports => exports.PlanAsync(new TicketQuery { Columns = columns }, CancellationToken.None));

    private Task<MetadataField> FieldAsync(string key) => App.StoredAsync(db => db.MetadataFields.AsNoTracking().SingleAsync(field => field.Key == key));

    private Task<List<AuditEntry>> AuditAsync() =>
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

using System.Net;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Exporting;

/// <summary>What is in the file.</summary>
public sealed class ExportingTicketsTests(ExportTest.Synced synced) : ExportTest(synced)
{
    [Fact]
    public async Task Export_OfAList_HoldsItsTicketsInItsOrderAndIsADownloadThatCanDoNothing()
    {
        var export = await BeginAsync(new TicketQuery { Columns = Columns, SortKey = "createdAt", IsAscending = true });

        using var answer = await Browser.GetAsync(TicketEndpoints.ExportAddress(export));

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

        (await Browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(export))).ShouldNotBeEmpty();

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
    public async Task Export_OfASample_HoldsThatManyAndTheSameAgain()
    {
        var query = new TicketQuery { Columns = ["id"], Sample = new TicketSample(25, 4711) };

        var first = CsvFile.Read(await Browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(await BeginAsync(query))));
        var second = CsvFile.Read(await Browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(await BeginAsync(query))));

        first.Count.ShouldBe(26);
        second.Select(row => row[0]).ShouldBe(first.Select(row => row[0]));
    }

    [Fact]
    public async Task Columns_NoLongerStored_AreLeftOutAndNamed()
    {
        string[] columns = ["id", "custom.refundNum", "status", "custom.never"];
        await App.ChangeStoredAsync(async db => (await db.MetadataFields.SingleAsync(field => field.Key == "custom.refundNum")).Storage = FieldStorage.Excluded);

        var plan = await PlanAsync(columns);
        var rows = CsvFile.Read(await Browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(await BeginAsync(new TicketQuery { Columns = columns }))));

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
    public async Task Columns_OfDurations_NameTheirUnit() =>
        (await PlanAsync(["firstResponse.time", "totalOpen.businessTime", "snooze.time"])).Columns.Select(column => column.Header).ShouldBe(["First response time (ms)", "Business time open (ms)", "Snoozed until"]);

    [Fact]
    public async Task Export_SortedByWhatIsNotStored_IsOfTheNewestFirstAndRecordedAsSuch()
    {
        var export = await BeginAsync(new TicketQuery { Columns = ["id"], SortKey = "custom.neverSeenStr", IsAscending = true });

        var rows = CsvFile.Read(await Browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(export)));

        rows.Skip(1).Select(row => row[0]).ShouldBe(await App.StoredAsync(db => db.Tickets.OrderByDescending(ticket => ticket.UpdatedAt).ThenByDescending(ticket => ticket.Id).Select(ticket => ticket.KustomerId).ToListAsync()));
        (await AuditAsync())[0].Detail!.ShouldContain("Sorted by updatedAt, last first.");
    }

    [Fact]
    public async Task Subject_ThatIsAFormula_IsTextInTheFile()
    {
        await App.ChangeStoredAsync(async db => (await db.Tickets.OrderBy(ticket => ticket.Id).FirstAsync()).Subject = "=HYPERLINK(\"https://evil.example\",\"open\")");

        var rows = CsvFile.Read(await Browser.GetByteArrayAsync(TicketEndpoints.ExportAddress(await BeginAsync(new TicketQuery { Columns = ["subject"] }))));

        rows.Select(row => row[0]).ShouldContain("'=HYPERLINK(\"https://evil.example\",\"open\")");
        rows.ShouldAllBe(row => row[0].Length == 0 || !"=+-@\t\r\0".Contains(row[0][0], StringComparison.Ordinal));
    }

    private Task<ExportPlan> PlanAsync(IReadOnlyList<string> columns) =>
        App.AsAdminAsync<TicketExport, ExportPlan>(exports => exports.PlanAsync(new TicketQuery { Columns = columns }, CancellationToken.None));

    private Task<MetadataField> FieldAsync(string key) => App.StoredAsync(db => db.MetadataFields.AsNoTracking().SingleAsync(field => field.Key == key));
}

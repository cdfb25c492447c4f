using System.Text.RegularExpressions;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Tests.Sync;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Usage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Usage;

/// <summary>The ledger against what Kustomer's emulator saw.</summary>
public sealed class KeepingTheLedgerTests : SyncTest
{
    private static readonly KustomerEndpoint s_endpoint = new("v1/customers/search", null);

    [Fact]
    public async Task Ledger_OfAllTheConsoleDoes_IsWhatKustomerSaw()
    {
        await App.RunSyncAsync(InstanceId);
        var attachment = await OpenShowcaseAsync();
        using var admin = await App.OpenBrowserAsync();
        using var download = await admin.GetAsync(attachment);

        download.EnsureSuccessStatusCode();
        var ledger = await App.LedgerAsync();
        CountsOf(ledger).ShouldBe(Seen(), ignoreOrder: true);
        (await App.InstanceAsync(InstanceId)).RequestCount.ShouldBe(ledger.Count);
        ledger.Select(line => line.Purpose).Distinct().ShouldBe(
            [RequestPurpose.ConnectionCheck, RequestPurpose.Tickets, RequestPurpose.CustomerCounts, RequestPurpose.FieldNames, RequestPurpose.OpenedTicket, RequestPurpose.Attachment], ignoreOrder: true);
    }

    [Fact]
    public async Task Lines_OfEachCause_NameIt()
    {
        var run = await App.RunSyncAsync(InstanceId);
        await OpenShowcaseAsync();

        var ledger = await App.LedgerAsync();
        var ticketId = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == Place.Acme.ShowcaseConversationId).Select(ticket => ticket.Id).SingleAsync());
        ledger.Count(line => line.RunId == run.Id).ShouldBe(run.Requests);
        ledger.Where(line => line.Purpose is RequestPurpose.ConnectionCheck or RequestPurpose.OpenedTicket).ShouldAllBe(line => line.CausedBy == TestApp.AdminName && line.RunId == null);
        ledger.Where(line => line.Purpose is RequestPurpose.OpenedTicket).ShouldAllBe(line => line.TicketId == ticketId);
        ledger.ShouldAllBe(line => line.InstanceId == InstanceId && line.Outcome == RequestOutcome.Answered && line.Status == 200 && line.Limit != null && line.Remaining != null);
    }

    [Fact]
    public async Task Lines_OfWhatWentWrong_SayHow()
    {
        var globex = (await App.TryConnectAsync(new ConnectRequest("globex", "globex", "no-key-of-anybody"))).ShouldBeOfType<ConnectResult.NotAuthenticated>().InstanceId;
        Place.Globex.SpendRequests(100_000);
        await App.AsAdminAsync<InstanceService, ConnectResult>(service =>
            service.FixAsync(globex, new ConnectRequest("globex", "globex", Place.Globex.Keys.ReadOnly), CancellationToken.None));

        var lines = (await App.LedgerAsync()).Where(line => line.InstanceId == globex).ToList();

        lines.ShouldAllBe(line => line.Purpose == RequestPurpose.ConnectionCheck);
        lines[0].ShouldSatisfyAllConditions(line => line.Outcome.ShouldBe(RequestOutcome.Refused), line => line.Status.ShouldBe(401));
        lines[^1].ShouldSatisfyAllConditions(line => line.Outcome.ShouldBe(RequestOutcome.RateLimited), line => line.Status.ShouldBe(429));
    }

    [Fact]
    public async Task RollUp_OfEveryDay_IsTheSumOfItsLines()
    {
        Record(RequestPurpose.Tickets, 200);
        await App.FlushLedgerAsync();
        Place.Clock.Advance(TimeSpan.FromHours(11.99));
        Record(RequestPurpose.Tickets, 200, 429, null, 500, 404);
        Place.Clock.Advance(TimeSpan.FromHours(1));
        Record(RequestPurpose.Tickets, 200);

        var lines = await App.LedgerAsync();

        var days = await App.StoredAsync(db => db.KustomerRequestDays.AsNoTracking().ToListAsync());
        days.Select(day => (day.InstanceId, day.Day, day.Purpose, day.Outcome, day.Requests)).ShouldBe(
            lines.GroupBy(line => (line.InstanceId, Day: new DateTimeOffset(line.At.UtcDateTime.Date, TimeSpan.Zero), line.Purpose, line.Outcome))
                .Select(group => (group.Key.InstanceId, group.Key.Day, group.Key.Purpose, group.Key.Outcome, group.Count())),
            ignoreOrder: true);
        days.Where(day => day.Purpose is RequestPurpose.Tickets).Select(day => (day.Day.Day, day.Outcome, day.Requests)).ShouldBe(
            [(1, RequestOutcome.Answered, 2), (1, RequestOutcome.RateLimited, 1), (1, RequestOutcome.Refused, 1), (1, RequestOutcome.Failed, 2), (2, RequestOutcome.Answered, 1)], ignoreOrder: true);
    }

    [Fact]
    public async Task Waiting_Lines_AreWrittenWithinASecondAndAtARunsEnd()
    {
        await App.LedgerAsync();
        Record(RequestPurpose.Tickets, 200);
        await Place.Clock.WaitForAlarmAsync(TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Place.Clock.Advance(TimeSpan.FromSeconds(1));

        await App.WaitForLedgerAsync(lines: 4);
        var run = await App.RunSyncAsync(InstanceId);

        (await App.StoredAsync(db => db.KustomerRequests.CountAsync(line => line.RunId == run.Id))).ShouldBe(run.Requests);
    }

    [Fact]
    public async Task Database_Away_LosesNothingAndDisturbsNobody()
    {
        await App.LedgerAsync();
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("CREATE TRIGGER away BEFORE INSERT ON KustomerRequestDays BEGIN SELECT RAISE(ABORT, 'away'); END"));
        await App.StoredAsync(db => db.KustomerRequestDays.ExecuteDeleteAsync());

        var run = await App.RunSyncAsync(InstanceId);
        var isWritten = await App.FlushLedgerAsync();
        var linesWhileAway = await App.StoredAsync(db => db.KustomerRequests.CountAsync());
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER away"));

        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        isWritten.ShouldBeFalse();
        linesWhileAway.ShouldBe(TestApp.RequestsOfACheck);
        (await App.LedgerAsync()).Count(line => line.RunId == run.Id).ShouldBe(run.Requests);
        App.Log.All.Count(line => line.Contains("ledger of requests could not be written", StringComparison.Ordinal)).ShouldBe(1);
        App.Log.All.ShouldContain(line => line.Contains("is written again; 0 lines were lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Buffer_Full_KeepsTheOldestAndSaysHowManyWereLost()
    {
        await App.LedgerAsync();
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("CREATE TRIGGER away BEFORE INSERT ON KustomerRequests BEGIN SELECT RAISE(ABORT, 'away'); END"));
        await App.FlushLedgerAsync();
        for (var request = 0; request < RequestLedger.MostWaiting + 5; request++)
        {
            Record(RequestPurpose.Tickets, 200);
        }

        (await App.FlushLedgerAsync()).ShouldBeFalse();
        await App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("DROP TRIGGER away"));

        (await App.LedgerAsync()).Count.ShouldBe(RequestLedger.MostWaiting + TestApp.RequestsOfACheck);
        App.Log.All.ShouldContain(line => line.Contains("is written again; 5 lines were lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Console_Stopped_WritesWhatWaits()
    {
        await App.LedgerAsync();
        Record(RequestPurpose.Tickets, 200, 500);

        await App.ShutDownAsync();

        await using var database = new SqliteConnection($"Data Source={Path.Combine(App.DataDirectory, "kustomeradmin.db")};Mode=ReadOnly");
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM KustomerRequests WHERE Purpose = 'Tickets'";
        (await command.ExecuteScalarAsync()).ShouldBe(2L);
    }

    [Fact]
    public async Task Instance_Removed_TakesItsLinesAndLeavesTheOthers()
    {
        var wrong = (await App.TryConnectAsync(new ConnectRequest("globex", "globex", "no-key-of-anybody"))).ShouldBeOfType<ConnectResult.NotAuthenticated>().InstanceId;
        await App.AsAdminAsync<InstanceActions, string?>(actions => actions.CancelSetupAsync(wrong, CancellationToken.None));
        await App.WaitForRemovalAsync(wrong);

        var ledger = await App.LedgerAsync();

        ledger.Count.ShouldBe(TestApp.RequestsOfACheck);
        ledger.ShouldAllBe(line => line.InstanceId == InstanceId);
    }

    [Fact]
    public async Task Retention_DeletesOldLinesAndKeepsTheirDays()
    {
        Record(RequestPurpose.Tickets, 200);
        await App.FlushLedgerAsync();
        Place.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        Record(RequestPurpose.Tickets, 500);
        await App.FlushLedgerAsync();

        await App.CleanLedgerAsync();

        (await App.LedgerAsync()).Select(line => line.Status).ShouldBe([500]);
        (await App.StoredAsync(db => db.KustomerRequestDays.SumAsync(day => day.Requests))).ShouldBe(TestApp.RequestsOfACheck + 2);

        Place.Clock.Advance(TimeSpan.FromDays(400));
        await App.CleanLedgerAsync();

        (await App.StoredAsync(db => db.KustomerRequestDays.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Lines_OfAnOpenedTicket_NameNoRecordAndNoSecret()
    {
        await App.RunSyncAsync(InstanceId);
        await OpenShowcaseAsync();

        var endpoints = (await App.LedgerAsync()).Select(line => line.Endpoint).Distinct(StringComparer.Ordinal).ToList();

        endpoints.ShouldContain("v1/conversations/{id}/messages");
        endpoints.ShouldAllBe(endpoint => Regex.IsMatch(endpoint, "^v1/[a-z/{}]+$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    private void Record(RequestPurpose purpose, params int?[] statuses)
    {
        foreach (var status in statuses)
        {
            App.Record(InstanceId, new RequestCause(purpose), new SentRequest(s_endpoint, Place.Clock.GetUtcNow(), TimeSpan.FromMilliseconds(20), status, status == 200, 1000, 900));
        }
    }

    /// <returns>Address of one of its attachments.</returns>
    private async Task<string> OpenShowcaseAsync()
    {
        var id = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == Place.Acme.ShowcaseConversationId).Select(ticket => ticket.Id).SingleAsync());
        return await App.AsAdminAsync<TicketViewer, string>(async viewer =>
        {
            var view = await viewer.OpenAsync((await viewer.FindAsync(id, CancellationToken.None)).ShouldNotBeNull(), new TicketMeter(TimeProvider.System), null, CancellationToken.None);
            return view.Messages.Value!.SelectMany(message => message.Attachments).First(attachment => attachment.Name == "page.html").Address;
        });
    }

    private List<(string Endpoint, int Count)> CountsOf(IEnumerable<KustomerRequest> ledger) =>
        [.. ledger.GroupBy(line => line.Endpoint, StringComparer.Ordinal).Select(group => (group.Key, group.Count()))];

    /// <summary>"acme GET /v1/conversations/{id}" as the ledger names it. The bytes of an attachment come from Kustomer's storage, not from its API.</summary>
    private List<(string Endpoint, int Count)> Seen() =>
        [.. Place.Sandbox.Requests.Counts.Select(count => (Endpoint: NameOf(count.Key.Split(' ')[2].TrimStart('/')), Count: count.Value)).Where(count => count.Endpoint.StartsWith("v1/", StringComparison.Ordinal))];

    /// <summary>The emulator's word for the two endpoints that it serves more generally.</summary>
    private static string NameOf(string template) =>
        template.Replace("{messageId}", "{id}", StringComparison.Ordinal).Replace("{resource}", "conversation", StringComparison.Ordinal);
}

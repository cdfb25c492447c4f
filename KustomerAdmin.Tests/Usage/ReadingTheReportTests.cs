using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Tests.Sync;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Usage;

public sealed class ReadingTheReportTests : SyncTest
{
    private static readonly KustomerEndpoint s_endpoint = new("v1/customers/search", null);

    [Fact]
    public async Task Purposes_OfTheHour_CountOutcomesAndRankDurations()
    {
        for (var milliseconds = 1; milliseconds <= 100; milliseconds++)
        {
            Record(RequestPurpose.Tickets, milliseconds, milliseconds switch { 1 => 429, 2 => 403, 3 => 500, _ => 200 });
        }

        var sheet = await ReadAsync(UsagePeriod.Hour);

        sheet.Purposes.ShouldContain(new PurposeLine(RequestPurpose.Tickets, 97, 1, 1, 1, 50, 95));
        sheet.Purposes.Single(line => line.Purpose is RequestPurpose.ConnectionCheck).Requests.ShouldBe(TestApp.RequestsOfACheck);
        sheet.Headroom.RateLimited.ShouldBe(1);
        sheet.Headroom.Waited.ShouldBe(TimeSpan.Zero);
        sheet.Bars.Count.ShouldBe(60);
        sheet.Bars[^1].Requests[RequestPurpose.Tickets].ShouldBe(100);
    }

    [Theory]
    [InlineData(UsagePeriod.Hour, 59, 1)]
    [InlineData(UsagePeriod.Day, 23, 60)]
    [InlineData(UsagePeriod.Week, 6, 1440)]
    [InlineData(UsagePeriod.Month, 29, 1440)]
    [InlineData(UsagePeriod.Year, 52, 10080)]
    public async Task Bars_OfEveryPeriod_HoldARequestOfTheirFirstAndTheirLastStep(UsagePeriod period, int stepsBack, int minutes)
    {
        Record(RequestPurpose.Forecast, 20, 200);
        Place.Clock.Advance(TimeSpan.FromMinutes((long)stepsBack * minutes));
        Record(RequestPurpose.Forecast, 20, 200);

        var sheet = await ReadAsync(period);

        // The week's last step holds today: what is 52 weeks older falls on the first one's last day.
        sheet.Bars.Select(bar => bar.Requests.GetValueOrDefault(RequestPurpose.Forecast)).Where(count => count > 0).ShouldBe([1, 1]);
        sheet.Bars[0].Requests.GetValueOrDefault(RequestPurpose.Forecast).ShouldBe(1);
        sheet.Bars[^1].Requests.GetValueOrDefault(RequestPurpose.Forecast).ShouldBe(1);
        sheet.Requests.ShouldBe(sheet.Bars.Sum(bar => bar.Total));
    }

    [Fact]
    public async Task OpenedTickets_AndAdmins_AreCountedWithTheirRequests()
    {
        var ids = await IdsAfterASyncAsync();
        Record(RequestPurpose.OpenedTicket, 20, 200, ids[0], times: 7);
        Place.Clock.Advance(TimeSpan.FromMinutes(1));
        Record(RequestPurpose.OpenedTicket, 20, 200, ids[1], times: 2);

        var sheet = await ReadAsync(UsagePeriod.Hour);

        sheet.Tickets.Average.ShouldBe(4.5);
        sheet.Tickets.Latest.Select(ticket => (ticket.TicketId, ticket.Requests)).ShouldBe([(ids[1], 2), (ids[0], 7)]);
        sheet.Tickets.Dearest.Select(ticket => ticket.TicketId).ShouldBe([ids[0], ids[1]]);
        sheet.Admins.ShouldHaveSingleItem().ShouldSatisfyAllConditions(admin => admin.Requests.ShouldBe(TestApp.RequestsOfACheck + 9 + sheet.Runs[0].Requests), admin => admin.Tickets.ShouldBe(2));
    }

    [Fact]
    public async Task Price_OfTheFirstSync_IsTheUsualFormulaBesideWhatItCost()
    {
        await IdsAfterASyncAsync();
        var customers = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.CustomerId != null).Select(ticket => ticket.CustomerId).Distinct().CountAsync());

        var sheet = await ReadAsync(UsagePeriod.Day);

        var run = sheet.Runs.ShouldHaveSingleItem();
        sheet.Price.ShouldBe(new SyncPrice(60, 1, customers, run.Requests));
        sheet.Price.Usual.ShouldBe(1 + customers);
        sheet.Price.Ratio.ShouldBe((1d + customers) / run.Requests);
        sheet.Price.PerThousand.ShouldBe(run.Requests * 1000d / 60);
    }

    [Fact]
    public async Task Limits_ForAllRequestsAndForSearches_AreNotMixed()
    {
        await App.FlushLedgerAsync();
        await App.StoredAsync(db => db.KustomerRequests.ExecuteDeleteAsync());
        Send("v1/users", 200, 1000, 620);
        Send("v1/customers/search", 200, 100, 40);
        Send("v1/customers/archive/search", 200, 100, 35);

        // The general limit refuses searches too, and says so in its own numbers.
        Send("v1/customers/search", 429, 1000, 0);

        var sheet = await ReadAsync(UsagePeriod.Hour);

        sheet.Headroom.All.ShouldBe(new RateLine(1000, 620));
        sheet.Headroom.Searches.ShouldBe(new RateLine(100, 35));
        sheet.Headroom.RateLimited.ShouldBe(1);
        sheet.Bars[^1].Total.ShouldBe(4);
        sheet.Searches[^1].Total.ShouldBe(3);
        sheet.Searches.Count.ShouldBe(60);
    }

    [Fact]
    public async Task Durations_OfManyRequests_AreThoseOfAPart_AndOfARarePurposeAll()
    {
        for (var request = 0; request < 3 * UsageSheet.MostTimed; request++)
        {
            Record(RequestPurpose.Tickets, 1 + (request % 100), 200);
            if (request % 10_000 == 0)
            {
                await App.FlushLedgerAsync();
            }
        }

        Record(RequestPurpose.Attachment, 700, 200);

        var sheet = await ReadAsync(UsagePeriod.Week);

        var tickets = sheet.Purposes.Single(line => line.Purpose is RequestPurpose.Tickets);
        tickets.Requests.ShouldBe(3 * UsageSheet.MostTimed);
        tickets.Median!.Value.ShouldBeInRange(49, 51);
        tickets.P95!.Value.ShouldBeInRange(94, 96);
        sheet.Purposes.ShouldContain(new PurposeLine(RequestPurpose.Attachment, 1, 0, 0, 0, 700, 700));
    }

    [Fact]
    public void Week_OfRequestsThatAreKeptForLess_IsKnownByItsDaysOnly()
    {
        var now = Place.Clock.GetUtcNow();

        UsageSpan.Of(UsagePeriod.Week, now, TimeSpan.FromDays(3)).ShouldBe(new UsageSpan(new DateTimeOffset(now.UtcDateTime.Date.AddDays(-6), TimeSpan.Zero), TimeSpan.FromDays(1), 7, IsSingle: false));
        UsageSpan.Of(UsagePeriod.Week, now, TimeSpan.FromDays(7)).IsSingle.ShouldBeTrue();
        UsageSpan.Of(UsagePeriod.Day, now, TimeSpan.FromDays(1)).IsSingle.ShouldBeTrue();
    }

    [Fact]
    public async Task Price_OfRunsThatBroughtNothing_IsARequestEachOnTheUsualSideToo()
    {
        await App.ChangeStoredAsync(db =>
        {
            var now = Place.Clock.GetUtcNow();
            db.SyncRuns.AddRange(
                new SyncRun { InstanceId = InstanceId, StartedAt = now, Outcome = RunOutcome.Succeeded, WindowFrom = now.AddHours(-1), Requests = 1, Unchanged = 40 },
                new SyncRun { InstanceId = InstanceId, StartedAt = now, Outcome = RunOutcome.Succeeded, WindowFrom = now.AddHours(-1), Requests = 2, Added = 90, Updated = 11 },
                new SyncRun { InstanceId = InstanceId, StartedAt = now, Outcome = RunOutcome.Succeeded, Kind = RunKind.Reconciliation, WindowFrom = now.AddHours(-1), Requests = 30 });
            return Task.CompletedTask;
        });

        (await ReadAsync(UsagePeriod.Hour)).Price.ShouldBe(new SyncPrice(101, 1 + 2, 0, 33));
    }

    [Fact]
    public async Task Price_OfAComparisonThatGoesOn_CountsNoCustomersButThoseOfUpdates()
    {
        await App.RunSyncAsync(InstanceId);
        await App.ChangeStoredAsync(async db =>
        {
            var now = Place.Clock.GetUtcNow();
            await db.SyncRuns.ExecuteDeleteAsync();
            db.SyncRuns.AddRange(
                new SyncRun { InstanceId = InstanceId, StartedAt = now, Outcome = RunOutcome.Succeeded, WindowFrom = now.AddYears(1), Requests = 1, Updated = 1 },
                new SyncRun { InstanceId = InstanceId, StartedAt = now, Outcome = RunOutcome.Succeeded, Kind = RunKind.Reconciliation, Requests = 30, Updated = 2, Unchanged = 5000 });
        });

        var sheet = await ReadAsync(UsagePeriod.Hour);

        sheet.Price.Customers.ShouldBe(0);
        sheet.Runs.Select(static run => run.Tickets).ShouldBe([2, 1], "what was compared was not read");
    }

    [Fact]
    public async Task Report_OfOneInstance_LeavesTheOthersOut()
    {
        var globex = await App.ConnectAsync(Place.Globex);
        Record(RequestPurpose.Tickets, 20, 200);

        var mine = await ReadAsync(UsagePeriod.Hour, globex);
        var all = await ReadAsync(UsagePeriod.Hour);

        mine.Purposes.Select(line => (line.Purpose, line.Requests)).ShouldBe([(RequestPurpose.ConnectionCheck, TestApp.RequestsOfACheck)]);
        mine.Bars.Sum(bar => bar.Total).ShouldBe(TestApp.RequestsOfACheck);
        all.Requests.ShouldBe((2 * TestApp.RequestsOfACheck) + 1);
        all.Headroom.All.ShouldBeNull();
        all.Searches.ShouldBeEmpty();
        mine.Headroom.All.ShouldNotBeNull();
    }

    [Fact]
    public void Questions_OfTheReport_AreTranslatedForSqlServer()
    {
        using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);
        var query = new UsageQuery { InstanceId = 1 };
        var span = UsageSpan.Of(UsagePeriod.Day, Place.Clock.GetUtcNow(), TimeSpan.FromDays(7));
        var requests = UsageFigures.RequestsOf(db, query, span);

        UsageFigures.StepsOf(db, query, span, areSearches: true).ToQueryString().ShouldContain("DATEDIFF_BIG(SECOND,");
        UsageFigures.DurationsOf(requests).ToQueryString().ShouldContain("GROUP BY [k].[Purpose], [k].[Milliseconds]");
        UsageFigures.PeopleOf(requests).ToQueryString().ShouldContain("GROUP BY [k].[CausedBy], [k].[TicketId]");
        UsageFigures.RatesOf(requests).ToQueryString().ShouldContain("MIN(CASE");
        UsageReport.SumsOf(UsageFigures.RunsOf(db, query, span)).ToQueryString().ShouldContain("GROUP BY [s].[InstanceId]");
    }

    private async Task<List<long>> IdsAfterASyncAsync()
    {
        (await App.RunSyncAsync(InstanceId)).Outcome.ShouldBe(RunOutcome.Succeeded);
        return await App.StoredAsync(db => db.Tickets.OrderBy(ticket => ticket.Id).Select(ticket => ticket.Id).Take(2).ToListAsync());
    }

    private Task<UsageSheet> ReadAsync(UsagePeriod period, long? instanceId = null) =>
        App.AsAdminAsync<UsageReport, UsageSheet>(report => report.ReadAsync(new UsageQuery { Period = period, InstanceId = instanceId }, CancellationToken.None));

    private void Send(string endpoint, int status, int limit, int remaining) =>
        App.Record(InstanceId, new RequestCause(RequestPurpose.Tickets), new SentRequest(new KustomerEndpoint(endpoint, null), Place.Clock.GetUtcNow(), TimeSpan.FromMilliseconds(20), status, status == 200, limit, remaining));

    private void Record(RequestPurpose purpose, int milliseconds, int status, long? ticketId = null, int times = 1)
    {
        var cause = new RequestCause(purpose) { TicketId = ticketId, CausedBy = ticketId is null ? null : TestApp.AdminName };
        for (var request = 0; request < times; request++)
        {
            App.Record(InstanceId, cause, new SentRequest(s_endpoint, Place.Clock.GetUtcNow(), TimeSpan.FromMilliseconds(milliseconds), status, status == 200, 1000, 900));
        }
    }
}

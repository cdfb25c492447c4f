using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync.Statistics;

public sealed class KeepingStatisticsTests : SyncTest
{
    private const string Tracking = "custom.trackingUrl";

    [Fact]
    public async Task Keep_AfterAFirstLoad_CountsEveryFieldAsItIsStored()
    {
        await App.RunSyncAsync(InstanceId);

        await App.KeepStatisticsAsync(InstanceId);

        var (fields, values) = await App.StoredAsync(async db => (await db.MetadataFields.ToListAsync(), await db.TicketMetadata.ToListAsync()));
        fields.Count.ShouldBeGreaterThan(5);
        foreach (var field in fields)
        {
            var (statistics, own) = (await StatisticsAsync(field.Id), values.Where(value => value.FieldId == field.Id).Select(value => (object?)value.TextValue ?? (object?)value.NumberValue ?? value.DateValue).ToList());
            statistics.Tickets.ShouldBe(own.Count, field.Key);
            statistics.Distinct.ShouldBe(own.Distinct().Count(), field.Key);
            (statistics.TopValues is null, statistics.Histogram is null).ShouldBe((field.Type is MetadataType.Date, field.Type is MetadataType.Text), field.Key);
            foreach (var top in FieldSpread.Of(statistics).TopValues)
            {
                top.Tickets.ShouldBe(own.Count(value => string.Equals(value is double number ? FieldSpread.KeyOf(number) : (string)value!, top.Value, StringComparison.Ordinal)), $"{field.Key} = {top.Value}");
            }
        }
    }

    [Fact]
    public async Task Keep_AfterAFirstLoad_CountsColumnsWithoutTheSubject()
    {
        await App.RunSyncAsync(InstanceId);

        await App.KeepStatisticsAsync(InstanceId);

        var statuses = await App.StoredAsync(db => db.Tickets.GroupBy(ticket => ticket.Status!).ToDictionaryAsync(same => same.Key, same => same.LongCount()));
        FieldSpread.Of(await ColumnAsync("status")).TopValues.ToDictionary(top => top.Value, top => top.Tickets).ShouldBe(statuses, ignoreOrder: true);
        (await ColumnAsync("sla.status")).Tickets.ShouldBe(await App.StoredAsync(db => db.TicketAttributes.CountAsync(attributes => attributes.SlaStatus != null)));
        (await App.StoredAsync(db => db.ColumnStatistics.Select(statistics => statistics.Key).ToListAsync())).ShouldNotContain("subject");
    }

    [Fact]
    public async Task Histogram_OfDates_BoundsEquallyFullRanges()
    {
        await App.RunSyncAsync(InstanceId);

        await App.KeepStatisticsAsync(InstanceId);

        var moments = await App.StoredAsync(db => db.Tickets.OrderBy(ticket => ticket.UpdatedAt).Select(ticket => ticket.UpdatedAt).ToListAsync());
        var spread = FieldSpread.Of(await ColumnAsync("updatedAt"));
        spread.EstimateRange(null, null).ShouldBe(moments.Count);
        spread.EstimateRange(null, moments[moments.Count / 2].UtcTicks).ShouldBe(moments.Count(moment => moment <= moments[moments.Count / 2]), tolerance: moments.Count / 16.0);
        spread.EstimateRange(moments[^1].UtcTicks + 1e12, null).ShouldBe(0);
    }

    [Fact]
    public async Task Keep_LittleOrNothingChanged_LeavesThemAsTheyWere()
    {
        await App.RunSyncAsync(InstanceId);
        await App.KeepStatisticsAsync(InstanceId);
        var measured = await ColumnAsync("status");
        await TouchAsync(2);

        await App.KeepStatisticsAsync(InstanceId);

        (await ColumnAsync("status")).MeasuredAt.ShouldBe(measured.MeasuredAt);
        (await App.StoredAsync(db => db.FieldStatistics.Select(statistics => statistics.MeasuredAt).Distinct().ToListAsync())).ShouldBe([measured.MeasuredAt]);
    }

    [Fact]
    public async Task Keep_AQuarterChanged_MeasuresAnew()
    {
        await App.RunSyncAsync(InstanceId);
        await App.KeepStatisticsAsync(InstanceId);
        await TouchAsync(Tickets / 3);

        await App.KeepStatisticsAsync(InstanceId);

        (await ColumnAsync("status")).MeasuredAt.ShouldBe(Place.Clock.GetUtcNow());
        (await App.StoredAsync(db => db.FieldStatistics.Select(statistics => statistics.MeasuredAt).Distinct().ToListAsync())).ShouldBe([Place.Clock.GetUtcNow()]);
    }

    [Fact]
    public async Task Keep_FieldStoredAgainAndAllTicketsRead_MeasuresWhatCameBack()
    {
        await App.RunSyncAsync(InstanceId);
        (await App.ExcludeAsync(InstanceId, Tracking)).ShouldBeNull();
        await App.WaitForPurgesAsync();
        (await App.StoreAgainAsync(InstanceId, Tracking)).ShouldBeNull();
        await App.KeepStatisticsAsync(InstanceId);
        (await StatisticsAsync(Tracking)).Tickets.ShouldBe(0);
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        (await App.ReadTicketsAgainAsync(InstanceId)).ShouldBeNull();
        (await App.RunSyncAsync(InstanceId)).Updated.ShouldBe(0);

        await App.KeepStatisticsAsync(InstanceId);

        var cameBack = await App.StoredAsync(db => db.TicketMetadata.CountAsync(value => db.MetadataFields.Any(field => field.Id == value.FieldId && field.Key == Tracking)));
        cameBack.ShouldBeGreaterThan(5);
        (await StatisticsAsync(Tracking)).Tickets.ShouldBe(cameBack);
    }

    /// <summary>One that three tickets had yesterday would pass for rare until a quarter of a million has changed.</summary>
    [Fact]
    public async Task Keep_LittleOfALargeInstanceChanged_MeasuresWhatFewTicketsHadAnew()
    {
        await App.RunSyncAsync(InstanceId);
        await App.KeepStatisticsAsync(InstanceId);
        var measured = Place.Clock.GetUtcNow();
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        await App.ChangeStoredAsync(async db =>
        {
            (await db.Instances.SingleAsync()).TicketCount = 1_000_000;
            (await db.FieldStatistics.SingleAsync(statistics => db.MetadataFields.Any(field => field.Id == statistics.FieldId && field.Key == Tracking))).Tickets = 600_000;
            db.SyncRuns.Add(new SyncRun { InstanceId = InstanceId, StartedAt = Place.Clock.GetUtcNow(), EndedAt = Place.Clock.GetUtcNow(), Outcome = RunOutcome.Succeeded, Updated = 300 });
        });

        await App.KeepStatisticsAsync(InstanceId);

        (await StatisticsAsync(Tracking)).MeasuredAt.ShouldBe(measured);
        (await StatisticsAsync("custom.carrierStr")).MeasuredAt.ShouldBe(Place.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Keep_FieldExcludedOrHeldBack_KeepsNothingOfIt()
    {
        await App.RunSyncAsync(InstanceId);
        await App.KeepStatisticsAsync(InstanceId);
        await App.ChangeStoredAsync(async db =>
        {
            (await db.MetadataFields.FirstAsync()).Storage = FieldStorage.Excluded;
            db.MetadataFields.Add(new MetadataField { InstanceId = InstanceId, Key = "sla.status", DisplayName = "SLA status", Type = MetadataType.Text, Storage = FieldStorage.HeldBack });
        });
        await TouchAsync(Tickets / 3);

        await App.KeepStatisticsAsync(InstanceId);

        (await App.StoredAsync(db => db.FieldStatistics.CountAsync(statistics => db.MetadataFields.Any(field => field.Id == statistics.FieldId && field.Storage != FieldStorage.Stored)))).ShouldBe(0);
        (await App.StoredAsync(db => db.ColumnStatistics.Select(statistics => statistics.Key).ToListAsync())).ShouldNotContain("sla.status");
    }

    private async Task TouchAsync(int tickets)
    {
        Place.Clock.Advance(TimeSpan.FromMinutes(15));
        foreach (var id in Place.Acme.ConversationIds.Take(tickets))
        {
            Place.Acme.Touch(id).ShouldBeTrue();
        }

        (await App.RunSyncAsync(InstanceId)).Updated.ShouldBeGreaterThanOrEqualTo(tickets);
    }

    private async Task<FieldStatistics> StatisticsAsync(string key) => await StatisticsAsync(await App.StoredAsync(db => db.MetadataFields.Where(field => field.Key == key).Select(field => field.Id).SingleAsync()));

    private Task<FieldStatistics> StatisticsAsync(int fieldId) => App.StoredAsync(db => db.FieldStatistics.AsNoTracking().SingleAsync(statistics => statistics.FieldId == fieldId));

    private Task<ColumnStatistics> ColumnAsync(string key) => App.StoredAsync(db => db.ColumnStatistics.AsNoTracking().SingleAsync(statistics => statistics.Key == key));
}

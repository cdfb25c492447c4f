using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Storing;
using KustomerAdmin.Tests.Sync;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Fields;

/// <summary>What becomes of a field's values when an admin decides that it is not stored, with pages as the sync writes them.</summary>
public sealed class ExcludingFieldsTests : SyncTest
{
    private const string Email = "custom.emailStr";
    private const string Mark = "mark-7f3a";

    private static readonly DateTimeOffset s_day = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);

    protected override int Tickets => 1;

    [Fact]
    public async Task Exclude_FieldWithValues_LeavesNoneOfThemAnywhereAndGivesAReceipt()
    {
        await WriteAsync([.. Enumerable.Range(0, 1200).Select(number => Record($"t{number}") with
        {
            // Long ones are stored twice; some are of another type than the field's name says.
            Values = [Text("emailStr", number % 7 == 0 ? new string('x', 600) + Mark : $"{Mark}-{number}@example.com"), Text("regionStr", "EMEA")],
        })]);
        await WriteAsync(Record("t1") with { UpdatedAt = s_day.AddDays(1), Values = [new MappedValue(FieldKey.Custom("emailStr"), null, 7, null)] });
        await App.ChangeStoredAsync(async db => db.FieldStatistics.Add(new FieldStatistics { FieldId = (await FieldAsync(Email)).Id, Tickets = 1200, TopValues = Mark, MeasuredAt = s_day }));
        App.WhereIs(Mark).ShouldNotBeEmpty();

        (await App.ExcludeAsync(InstanceId, Email)).ShouldBeNull();
        await App.WaitForPurgesAsync();

        App.WhereIs(Mark).ShouldBeEmpty();
        var left = await App.StoredAsync(db => db.TicketMetadata.Join(db.MetadataFields, value => value.FieldId, field => field.Id, (_, field) => field.Key).Distinct().ToListAsync());
        left.ShouldBe(["custom.regionStr"]);
        (await App.StoredAsync(db => db.FieldStatistics.AnyAsync())).ShouldBeFalse();
        var receipt = await App.StoredAsync(db => db.FieldPurges.SingleAsync());
        (receipt.Removed, receipt.Expected, receipt.RequestedBy, receipt.EndedAt).ShouldBe((1200, 1200, TestApp.AdminName, Place.Clock.GetUtcNow()));
        var audit = await App.StoredAsync(db => db.AuditEntries.Where(entry => entry.Action.StartsWith("field.")).OrderBy(entry => entry.Id).Select(entry => $"{entry.ActorName} {entry.Action} {entry.Subject} {entry.Detail}").ToListAsync());
        audit.ShouldBe([$"{TestApp.AdminName} field.excluded acme {Email}", $"System field.purged acme {Email}: 1,200 values, excluded by {TestApp.AdminName}"]);
    }

    [Fact]
    public async Task Exclude_WhileAPageIsOnItsWay_KeepsItsValuesOut()
    {
        await WriteAsync(Record("t1") with { Values = [Text("emailStr", "before")] });
        var onItsWay = new[] { Record("t1") with { UpdatedAt = s_day.AddDays(1), Values = [Text("emailStr", Mark), Text("regionStr", "EMEA")] }, Record("t2") with { Values = [Text("emailStr", Mark)] } };

        await App.ExcludeAsync(InstanceId, Email);
        await App.WaitForPurgesAsync();
        await WriteAsync(onItsWay);

        App.WhereIs(Mark).ShouldBeEmpty();
        (await App.StoredAsync(db => db.TicketMetadata.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Exclude_WhileAPageIsBeingCommitted_RemovesItsValuesAfterwards()
    {
        await WriteAsync(Record("t1") with { Values = [Text("emailStr", "before")] });
        Task<string?> excluding = null!;

        await App.TicketWriter.WriteAsync(await BeginAsync(), [Record("t2") with { Values = [Text("emailStr", Mark)] }], (_, _, _) =>
        {
            // It waits for the database until the page is committed.
            excluding = Task.Run(() => App.ExcludeAsync(InstanceId, Email));
            return Task.CompletedTask;
        }, CancellationToken.None);
        (await excluding).ShouldBeNull();
        await App.WaitForPurgesAsync();

        App.WhereIs(Mark).ShouldBeEmpty();
        (await App.StoredAsync(db => db.FieldPurges.SingleAsync())).Removed.ShouldBe(2);
    }

    [Fact]
    public async Task Tickets_OfAnExcludedField_AreUnchangedWhenReadAgainUntilItIsStored()
    {
        var tickets = new[] { Record("t1") with { Subject = "Parcel", Values = [Text("emailStr", Mark)] }, Record("t2") with { Subject = "Other" } };
        await WriteAsync(tickets);
        await App.ExcludeAsync(InstanceId, Email);
        await App.WaitForPurgesAsync();

        (await WriteAsync(tickets)).ShouldBe(new PageCounts { Unchanged = 2 });
        (await WriteAsync(tickets)).ShouldBe(new PageCounts { Unchanged = 2 });
        App.WhereIs(Mark).ShouldBeEmpty();
        (await App.StoreAgainAsync(InstanceId, Email)).ShouldBeNull();
        (await WriteAsync(tickets)).ShouldBe(new PageCounts { Updated = 1, Unchanged = 1 });

        (await App.StoredAsync(db => db.TicketMetadata.SingleAsync())).TextValue.ShouldBe(Mark);
    }

    [Fact]
    public async Task Tickets_OfAFieldThatWasStoredAgainAtOnce_HaveTheirValuesWhenReadAgain()
    {
        var ticket = Record("t1") with { Values = [Text("emailStr", Mark)] };
        await WriteAsync(ticket);
        await App.ExcludeAsync(InstanceId, Email);
        await App.WaitForPurgesAsync();
        await App.StoreAgainAsync(InstanceId, Email);

        await WriteAsync(ticket);

        (await App.StoredAsync(db => db.TicketMetadata.SingleAsync())).TextValue.ShouldBe(Mark);
    }

    [Fact]
    public async Task Exclude_SubjectAndAStandardAttribute_EmptiesTheirColumnsAndKeepsThemEmpty()
    {
        var ticket = Record("t1") with { Subject = $"subject-{Mark}", Attributes = new TicketAttributes { ExternalId = $"id-{Mark}", Phase = "open" }, Values = [new MappedValue(new FieldKey("satisfaction", MetadataType.Number), Mark, null, null)] };
        await WriteAsync(ticket);
        await App.ChangeStoredAsync(db => Task.FromResult(db.ColumnStatistics.Add(new ColumnStatistics { Key = "externalId", TopValues = Mark, MeasuredAt = s_day })));

        (await App.ExcludeAsync(InstanceId, "subject", "externalId", "satisfaction")).ShouldBeNull();
        await App.WaitForPurgesAsync();

        App.WhereIs(Mark).ShouldBeEmpty();
        (await App.StoredAsync(db => db.FieldPurges.OrderBy(purge => purge.Id).Select(purge => purge.Removed).ToListAsync())).ShouldBe([1, 1, 1], ignoreOrder: true);
        await WriteAsync(ticket with { UpdatedAt = s_day.AddDays(1), Subject = $"subject-{Mark}", Attributes = new TicketAttributes { ExternalId = Mark, Phase = "closed" } });
        App.WhereIs(Mark).ShouldBeEmpty();
        (await App.StoredAsync(db => db.TicketAttributes.SingleAsync())).Phase.ShouldBe("closed");
    }

    [Theory]
    [InlineData("updatedAt")]
    [InlineData("id")]
    [InlineData("status")]
    [InlineData("deleted")]
    public async Task Exclude_FieldTheConsoleNeeds_IsRefusedAndWrittenDown(string key)
    {
        (await App.ExcludeAsync(InstanceId, key)).ShouldBe(TicketFields.NeedOf(key));

        (await App.StoredAsync(db => db.MetadataFields.AnyAsync(field => field.Key == key))).ShouldBeFalse();
        (await App.StoredAsync(db => db.AuditEntries.SingleAsync(entry => entry.Action == "field.excluded"))).Outcome.ShouldBe(AuditOutcome.Refused);
    }

    [Fact]
    public async Task Exclude_UnknownFieldOrInstance_ChangesNothing()
    {
        (await App.ExcludeAsync(InstanceId, "subject", "custom.nobodyStr")).ShouldNotBeNull();
        (await App.ExcludeAsync(4711, "subject")).ShouldNotBeNull();

        (await App.StoredAsync(db => db.MetadataFields.AnyAsync(field => field.Storage != FieldStorage.Stored))).ShouldBeFalse();
    }

    [Fact]
    public async Task Exclude_Twice_PurgesOnce()
    {
        await WriteAsync(Record("t1") with { Values = [Text("emailStr", Mark)] });

        (await Task.WhenAll(App.ExcludeAsync(InstanceId, Email), Task.Run(() => App.ExcludeAsync(InstanceId, Email)))).ShouldAllBe(refusal => refusal == null);
        await App.WaitForPurgesAsync();

        (await App.StoredAsync(db => db.FieldPurges.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Store_WhileItsValuesAreBeingRemoved_IsRefused()
    {
        await WriteAsync(Record("t1") with { Values = [Text("emailStr", Mark)] });
        await App.ChangeStoredAsync(async db =>
        {
            // Nobody is told, so nobody begins.
            var field = await db.MetadataFields.SingleAsync();
            field.Storage = FieldStorage.Excluded;
            db.FieldPurges.Add(new FieldPurge { FieldId = field.Id, RequestedBy = "Ada", RequestedAt = s_day });
        });

        (await App.StoreAgainAsync(InstanceId, Email)).ShouldNotBeNull();

        (await FieldAsync(Email)).Storage.ShouldBe(FieldStorage.Excluded);
    }

    private static MappedTicket Record(string id) => new() { KustomerId = id, UpdatedAt = s_day, CustomerId = "c1", Channels = [], TagIds = [], Values = [] };

    private static MappedValue Text(string name, string text) => new(FieldKey.Custom(name), text, null, null);

    private Task<MetadataField> FieldAsync(string key) => App.StoredAsync(db => db.MetadataFields.AsNoTracking().SingleAsync(field => field.Key == key));

    private async Task<SyncRunState> BeginAsync() => new(0, InstanceId, (await App.InstanceAsync(InstanceId)).Epoch, null) { LeaseOwner = "test", BeganAt = DateTimeOffset.UnixEpoch, Kind = RunKind.Update };

    private async Task<PageCounts> WriteAsync(params MappedTicket[] page) =>
        (await App.TicketWriter.WriteAsync(await BeginAsync(), page, (_, _, _) => Task.CompletedTask, CancellationToken.None)).Counts;
}

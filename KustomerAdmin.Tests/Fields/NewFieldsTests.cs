using System.Text.Json;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Tests.Sync;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Fields;

/// <summary>Fields that Kustomer brings, held back or stored, through whole runs against the emulator.</summary>
public sealed class NewFieldsTests : SyncTest
{
    [Fact]
    public async Task FirstLoad_NewFieldsAreHeldBack_StoresNothingOfThemAnywhere()
    {
        var values = await ValuesAsync("trackingUrl");
        values.Length.ShouldBeGreaterThan(10);
        (await App.HoldNewFieldsBackAsync(InstanceId)).ShouldBeNull();

        var run = await App.RunSyncAsync(InstanceId);

        run.Outcome.ShouldBe(RunOutcome.Succeeded);
        run.Added.ShouldBeGreaterThan(50);
        App.WhereIs(values).ShouldBeEmpty();
        (await App.StoredAsync(db => db.TicketMetadata.CountAsync())).ShouldBe(0);
        var fields = await App.StoredAsync(db => db.MetadataFields.ToListAsync());
        fields.ShouldAllBe(field => field.Storage == FieldStorage.HeldBack);
        fields.ShouldContain(field => field.Key == "custom.loyaltyTierStr", "defined, and on no ticket");
        (await App.AsAdminAsync<FieldOverview, int>(overview => overview.CountWaitingAsync(CancellationToken.None))).ShouldBe(fields.Count);
    }

    [Fact]
    public async Task Field_HeldBackThenStored_HasItsValuesWhenAllTicketsAreReadAgain()
    {
        var values = await ValuesAsync("trackingUrl");
        await App.HoldNewFieldsBackAsync(InstanceId);
        await App.RunSyncAsync(InstanceId);

        (await App.StoreAgainAsync(InstanceId, "custom.trackingUrl")).ShouldBeNull();
        (await App.ReadTicketsAgainAsync(InstanceId)).ShouldBeNull();
        var run = await App.RunSyncAsync(InstanceId);

        (run.Kind, run.Added).ShouldBe((RunKind.FirstLoad, 0));
        run.Updated.ShouldBe(values.Length);
        (await App.StoredAsync(db => db.TicketMetadata.Select(value => value.TextValue!).ToListAsync())).ShouldBe(values, ignoreOrder: true);
        (await App.InstanceAsync(InstanceId)).HistoryDoneAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Subject_ExcludedBeforeTheFirstLoad_IsNowhereEver()
    {
        var subjects = (await AttributesAsync()).Select(attributes => attributes.TryGetProperty("name", out var name) ? name.GetString() : null).OfType<string>().Where(subject => subject.Length > 12).Distinct().ToArray();
        subjects.Length.ShouldBeGreaterThan(10);
        (await App.ExcludeAsync(InstanceId, "subject")).ShouldBeNull();

        await App.RunSyncAsync(InstanceId);

        (await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.Subject != null))).ShouldBe(0);
        (await StoredCountAsync()).ShouldBeGreaterThan(50);
        App.WhereIs(subjects).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_AfterAnExclusion_SendsAndWritesNothingMoreThanUsual()
    {
        await App.RunSyncAsync(InstanceId);
        await App.ExcludeAsync(InstanceId, "custom.orderNumberStr", "subject");
        await App.WaitForPurgesAsync();

        var run = await App.RunSyncAsync(InstanceId);

        (run.Outcome, run.Added, run.Updated, run.Deleted, run.Requests).ShouldBe((RunOutcome.Succeeded, 0, 0, 0, 1));
    }

    [Fact]
    public async Task Definitions_ReadAgain_CostOneRequestOfTheAdminAndAddWhatIsDefined()
    {
        (await App.AsAdminAsync<FieldReading, string?>(reading => reading.ReadDefinitionsAsync(InstanceId, CancellationToken.None))).ShouldBeNull();

        (await App.StoredAsync(db => db.MetadataFields.CountAsync(field => field.IsDefined))).ShouldBe(31);
        var request = (await App.LedgerAsync()).Single(request => request.Purpose == RequestPurpose.FieldNames);
        (request.CausedBy, request.RunId, request.Outcome).ShouldBe((TestApp.AdminName, null, RequestOutcome.Answered));
    }

    [Fact]
    public async Task Overview_AfterTheFirstLoad_TellsWhereFieldsComeFromAndHowManyTicketsHaveThem()
    {
        await App.RunSyncAsync(InstanceId);
        await App.ChangeStoredAsync(db =>
        {
            db.MetadataFields.Add(new MetadataField { InstanceId = InstanceId, Key = "custom.strangeStr", DisplayName = "strangeStr" });
            return Task.CompletedTask;
        });

        var sheet = await App.AsAdminAsync<FieldOverview, FieldSheet>(overview => overview.ReadAsync(null, CancellationToken.None));

        FieldLine Line(string key) => sheet.Lines.Single(line => line.Key.Path == key);
        sheet.Instance!.Id.ShouldBe(InstanceId);
        Line("custom.trackingUrl").Coverage.ShouldBe(new FieldCoverage((await ValuesAsync("trackingUrl")).Length, false, false));
        Line("custom.trackingUrl").Origin.ShouldBe(FieldOrigin.Defined);
        Line("custom.strangeStr").Origin.ShouldBe(FieldOrigin.Seen);
        Line("custom.birthDateStr").LooksSensitive.ShouldBeTrue();
        Line("subject").Coverage!.Tickets.ShouldBe(await App.StoredAsync(db => db.Tickets.CountAsync(ticket => ticket.Subject != null)));
        Line("updatedAt").Need.ShouldNotBeNull();
        Line("externalId").Need.ShouldBeNull();
        sheet.Lines.Select(line => line.Key.Path).ShouldBeUnique();
    }

    private async Task<string[]> ValuesAsync(string name) =>
    [
        .. (await AttributesAsync()).Select(attributes => attributes.TryGetProperty("custom", out var custom) && custom.TryGetProperty(name, out var value) ? value.GetString() : null).OfType<string>(),
    ];

    private async Task<List<JsonElement>> AttributesAsync() =>
        [.. (await AskKustomerAsync("""{"queryContext":"conversation"}""")).GetProperty("data").EnumerateArray().Select(record => record.GetProperty("attributes"))];
}

using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Tests.Sync;

namespace KustomerAdmin.Tests.Fields;

/// <summary>How many tickets have a field, where few or none seem to.</summary>
public sealed class FieldCoverageTests : SyncTest
{
    private const int Stored = 1000;

    protected override int Tickets => 1;

    [Fact]
    public async Task Coverage_NoneOfTheNewestHasIt_SaysThatOnlyThoseWereLookedAt()
    {
        await FillAsync();

        (await CoverageAsync("sla.status")).ShouldBe("none of the newest 1,000");
        (await CoverageAsync("subject")).ShouldBe("about 2,000,000 (100 %)");
    }

    [Fact]
    public async Task Coverage_MeasuredBeforeAnyTicketHadIt_IsCounted()
    {
        await FillAsync();

        (await CoverageAsync("custom.lateStr")).ShouldBe("1,000 (under 1 %)");
        (await CoverageAsync("custom.nobodyHasStr")).ShouldBe("0");
    }

    private Task FillAsync() => App.ChangeStoredAsync(async db =>
    {
        MetadataField[] fields = [.. new[] { "custom.lateStr", "custom.nobodyHasStr" }.Select(key => new MetadataField { InstanceId = InstanceId, Key = key, DisplayName = key, Type = MetadataType.Text })];
        db.AddRange(fields);
        (await db.Instances.FindAsync(InstanceId))!.TicketCount = 2_000_000;
        await db.SaveChangesAsync();
        db.AddRange(fields.Select(field => new FieldStatistics { FieldId = field.Id, MeasuredAt = Place.Clock.GetUtcNow() }));
        db.AddRange(Enumerable.Range(0, Stored).Select(number => new Ticket
        {
            InstanceId = InstanceId,
            KustomerId = $"{number:x24}",
            Subject = "any",
            UpdatedAt = Place.Clock.GetUtcNow(),
            Metadata = [new TicketMetadata { FieldId = fields[0].Id, TextValue = "any" }],
        }));
    });

    private async Task<string> CoverageAsync(string key)
    {
        var sheet = await App.AsAdminAsync<FieldOverview, FieldSheet>(overview => overview.ReadAsync(InstanceId, CancellationToken.None));
        return FieldWords.Of(sheet.Lines.Single(line => line.Key.Path == key).Coverage!, sheet.Instance!.Tickets);
    }
}

using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Filters;

/// <summary>The same filter, begun as the statistics advise.</summary>
public sealed class ChoosingTheShapeTests : IClassFixture<FilterWorld>
{
    private const int Tickets = 1_000_000;
    private readonly FilterWorld _world;

    public ChoosingTheShapeTests(FilterWorld world) => _world = world;

    [Theory]
    [InlineData(630_000, 51, true, null)]
    [InlineData(3, 51, true, "custom.amountNum")]
    [InlineData(630_000, 10_001, false, "custom.amountNum")]
    [InlineData(3_000, 51, true, "custom.amountNum")]
    [InlineData(20_000, 51, true, null)]
    [InlineData(20_000, 50_051, true, "custom.amountNum")]
    public async Task Driver_OfOneCondition_IsItselfWhenFewMatchOrManyAreWanted(long matching, int wanted, bool isSorted, string? expected) =>
        (await DriverAsync("custom.amountNum:is:5", wanted, isSorted, (FilterWorld.Number, matching))).ShouldBe(expected);

    [Theory]
    [InlineData("custom.amountNum:is:5;custom.giftBool:is:true", "custom.amountNum")]
    [InlineData("and(custom.giftBool:is:true;and(custom.amountNum:is:5))", "custom.amountNum")]
    [InlineData("or(custom.amountNum:is:5;custom.amountNum:is:6)", "or")]
    [InlineData("or(custom.amountNum:is:5;custom.giftBool:isEmpty)", null)]
    [InlineData("custom.amountNum:isNot:5", null)]
    [InlineData("status:is:open", null)]
    public async Task Driver_OfATree_IsTheRarestPartThatEveryMatchMeets(string filter, string? expected) =>
        (await DriverAsync(filter, 51, isSorted: true, (FilterWorld.Number, 40), (FilterWorld.Truth, 500_000))).ShouldBe(expected);

    private Task<string?> DriverAsync(string filter, int wanted, bool isSorted, params (string Key, long Matching)[] spreads) => _world.App.StoredAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        await db.Instances.ExecuteUpdateAsync(set => set.SetProperty(instance => instance.TicketCount, Tickets / 2));
        foreach (var (key, matching) in spreads)
        {
            foreach (var field in await db.MetadataFields.Where(field => field.Key == key).ToListAsync())
            {
                db.Add(new FieldStatistics { FieldId = field.Id, Tickets = 450_000, Distinct = 50_000, TopValues = FieldSpread.WriteTopValues([new(field.Type is MetadataType.Boolean ? "1" : "5", matching / 2)]), MeasuredAt = FilterWorld.Viewer.Now });
            }
        }

        await db.SaveChangesAsync();
        var plan = await FilterPlan.MakeAsync(db, FilterText.Parse(filter), _world.Oracle.Sources, FilterWorld.Viewer, CancellationToken.None);
        return plan.Driver(wanted, isSorted) switch
        {
            FilterCondition condition => condition.Field,
            FilterGroup => "or",
            _ => null,
        };
    });
}

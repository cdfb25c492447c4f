using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Filters;

public sealed class SuggestingValuesTests(FilterWorld world) : IClassFixture<FilterWorld>
{
    [Theory]
    [InlineData("status", "", "Open,done,open,snoozed")]
    [InlineData("status", "o", "open,Open")]
    [InlineData("channel", "e", "email,Email")]
    [InlineData("tag", "tag-", "tag-a,tag-b,tag-c")]
    [InlineData("sla.status", "b", "breached")]
    [InlineData("locale", "axb", "axb")]
    [InlineData(FilterWorld.Text, "go", "gold,gold ,Gold,GOLD")]
    [InlineData(FilterWorld.Text, "100%", "100%")]
    [InlineData(FilterWorld.Mixed, "back", "back\\slash")]
    [InlineData("spam", "y", "true")]
    [InlineData("createdAt", "", "")]
    [InlineData("custom.nobodyHasStr", "", "")]
    public async Task Values_ThatBeginWithTheTyped_AreThoseThatAreStored(string field, string typed, string expected) =>
        (await SuggestAsync(field, typed)).Select(value => value.Value).Order(StringComparer.Ordinal).ShouldBe(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Instances_AreSuggestedByTheirNames()
    {
        var suggested = (await SuggestAsync("instance", "ACM")).ShouldHaveSingleItem();

        (suggested.Value, suggested.Label).ShouldBe(("2", "acme"));
    }

    [Fact]
    public async Task Values_OfAFieldWithStatistics_ComeWithTheirCountsMostFrequentFirst()
    {
        await using var place = new PlaceWithStatistics();
        await place.World.InitializeAsync();
        await place.World.App.ChangeStoredAsync(async db =>
        {
            foreach (var field in await db.MetadataFields.Where(field => field.Key == FilterWorld.Text).ToListAsync())
            {
                db.Add(new FieldStatistics { FieldId = field.Id, Tickets = 100, Distinct = 9, TopValues = FieldSpread.WriteTopValues([new("x", 30), new("gold", 20), new("Gold", 5)]), MeasuredAt = FilterWorld.Viewer.Now });
            }
        });

        var all = await place.World.App.AsAdminAsync<ValueSuggestions, IReadOnlyList<ValueSuggestion>>(suggestions => suggestions.SuggestAsync(FilterWorld.Text, null, CancellationToken.None));
        var typed = await place.World.App.AsAdminAsync<ValueSuggestions, IReadOnlyList<ValueSuggestion>>(suggestions => suggestions.SuggestAsync(FilterWorld.Text, "ol", CancellationToken.None));

        all.Select(value => (value.Value, value.Tickets)).ShouldBe([("x", 60L), ("gold", 40L), ("Gold", 10L)]);
        typed.Select(value => value.Value).ShouldBe(["gold", "Gold"]);
    }

    /// <summary>Of those only the beginning is in the index, and a beginning is no value.</summary>
    [Fact]
    public async Task Values_LongerThanTheIndexHolds_AreNotSuggested()
    {
        (await SuggestAsync(FilterWorld.Text, "y")).ShouldHaveSingleItem().Value.ShouldBe(new string('y', TicketMetadata.IndexedTextLength - 1));
        (await SuggestAsync(FilterWorld.Text, "z")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Instances_MoreThanFitAList_AreAllSuggested()
    {
        await using var app = TestApp.Start();
        await app.ChangeStoredAsync(db =>
        {
            db.AddRange(Enumerable.Range(1, 25).Select(number => new Instance { Name = $"acme {number}", Subdomain = $"acme{number}", CreatedAt = FilterWorld.Viewer.Now }));
            return Task.CompletedTask;
        });

        var suggested = await app.AsAdminAsync<ValueSuggestions, IReadOnlyList<ValueSuggestion>>(suggestions => suggestions.SuggestAsync(OwnField.Instance, null, CancellationToken.None));

        suggested.Count.ShouldBe(25);
    }

    private Task<IReadOnlyList<ValueSuggestion>> SuggestAsync(string field, string typed) =>
        world.App.AsAdminAsync<ValueSuggestions, IReadOnlyList<ValueSuggestion>>(suggestions => suggestions.SuggestAsync(field, typed, CancellationToken.None));

    private sealed class PlaceWithStatistics : IAsyncDisposable
    {
        public FilterWorld World { get; } = new();

        public async ValueTask DisposeAsync() => await World.DisposeAsync();
    }
}

using System.Data.Common;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KustomerAdmin.Tests.Filters;

/// <summary>The texts of a field that two instances have.</summary>
public sealed class StoredTextsTests(FilterWorld world) : IClassFixture<FilterWorld>
{
    [Fact]
    public async Task Texts_OfTwoInstances_ComeInOneOrderEachOnce()
    {
        var stored = await world.App.StoredAsync(db => db.TicketMetadata
            .Where(value => value.TextValue != null && db.MetadataFields.Any(field => field.Id == value.FieldId && field.Key == FilterWorld.Text)).Select(value => value.TextValue!).Distinct().ToListAsync());
        var inOrder = stored.Where(text => text.Length < TicketMetadata.IndexedTextLength).Order(StringComparer.Ordinal).ToList();

        (await WalkAsync("", most: 100)).Found.ShouldBe(inOrder);
        (await WalkAsync("", most: 5)).Found.ShouldBe(inOrder.Take(5));
    }

    [Fact]
    public async Task Questions_WalkAnIndexWithoutSorting()
    {
        var (_, plans) = await WalkAsync("g", most: 20);

        plans.ShouldNotBeEmpty();
        plans.ShouldAllBe(plan => plan.Contains("COVERING INDEX IX_TicketMetadata_FieldId_TextValue_TicketId", StringComparison.Ordinal) && !plan.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    private Task<(IReadOnlyList<string> Found, List<string> Plans)> WalkAsync(string text, int most) => world.App.StoredAsync(async console =>
    {
        var explainer = new Explainer();
        await using var db = new SqliteAppDbContext(new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite(console.Database.GetConnectionString()).AddInterceptors(explainer).Options);
        var source = (await FieldSource.ReadAsync(console, CancellationToken.None))[FilterWorld.Text];
        source.Rows.Count.ShouldBe(2);
        return (await StoredTexts.Of(db, source)!.BeginningWithAsync(text, most, CancellationToken.None), explainer.Plans);
    });

    /// <summary>Asks SQLite, before each question, how it would answer it.</summary>
    private sealed class Explainer : DbCommandInterceptor
    {
        public List<string> Plans { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            var asked = command.CommandText;
            command.CommandText = "EXPLAIN QUERY PLAN " + asked;
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                List<string> steps = [];
                while (await reader.ReadAsync(cancellationToken))
                {
                    steps.Add(reader.GetString(3));
                }

                Plans.Add(string.Join('\n', steps));
            }

            command.CommandText = asked;
            return result;
        }
    }
}

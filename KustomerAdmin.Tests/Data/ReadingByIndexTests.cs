using KustomerAdmin.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests.Data;

/// <summary>What a million tickets stand on: that SQLite answers from the indexes that are there for it.</summary>
public sealed class ReadingByIndexTests : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kustomeradmin-");
    private readonly ServiceProvider _services;

    public ReadingByIndexTests()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(DataOptions.DirectoryKey, _directory.FullName)]).Build();
        _services = new ServiceCollection().AddSingleton(TimeProvider.System).AddData(configuration).BuildServiceProvider();
    }

    public Task InitializeAsync() => _services.GetRequiredService<DatabaseStartup>().PrepareAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    [Theory]
    [InlineData("SELECT TicketId FROM TicketMetadata WHERE FieldId = 1 AND TextValue = @value", "COVERING INDEX IX_TicketMetadata_FieldId_TextValue_TicketId")]
    [InlineData("SELECT TicketId FROM TicketMetadata WHERE FieldId = 1 AND TextValue IS NOT NULL AND TextValue LIKE @value", "COVERING INDEX IX_TicketMetadata_FieldId_TextValue_TicketId")]
    [InlineData("SELECT TicketId FROM TicketMetadata WHERE FieldId = 1 AND NumberValue BETWEEN @value AND @value", "COVERING INDEX IX_TicketMetadata_FieldId_NumberValue_TicketId")]
    [InlineData("SELECT TicketId FROM TicketMetadata WHERE FieldId = 1 AND DateValue >= @value ORDER BY DateValue, TicketId", "COVERING INDEX IX_TicketMetadata_FieldId_DateValue_TicketId")]
    [InlineData("SELECT 1 FROM TicketMetadata WHERE TicketId = @value AND FieldId = 1 AND TextValue = @value", "PRIMARY KEY (TicketId=? AND FieldId=?)")]
    [InlineData("SELECT Id FROM Tickets WHERE DeletedAt IS NULL ORDER BY UpdatedAt DESC, Id DESC LIMIT 50", "SCAN Tickets USING INDEX IX_Tickets_UpdatedAt")]
    [InlineData("SELECT count(*) FROM Tickets WHERE DeletedAt IS NULL AND Status = @value", "SEARCH Tickets USING INDEX IX_Tickets_Status_UpdatedAt")]
    [InlineData("SELECT Id FROM Tickets WHERE DeletedAt IS NOT NULL", "COVERING INDEX IX_Tickets_DeletedAt")]
    [InlineData("SELECT Id FROM Tickets WHERE CustomerId = @value AND DeletedAt IS NULL", "COVERING INDEX IX_Tickets_CustomerId_DeletedAt")]
    [InlineData("SELECT Id FROM Tickets WHERE KustomerId = @value", "IX_Tickets_KustomerId_InstanceId")]
    [InlineData("SELECT TicketId FROM TicketAttributes WHERE FirstResponseTime IS NOT NULL ORDER BY FirstResponseTime DESC, TicketId DESC LIMIT 50", "COVERING INDEX IX_TicketAttributes_FirstResponseTime")]
    [InlineData("SELECT TicketId FROM TicketTags WHERE TagId = @value", "COVERING INDEX IX_TicketTags_TagId_TicketId")]
    [InlineData("SELECT TagId FROM TicketTags WHERE TicketId = @value", "PRIMARY KEY (TicketId=?)")]
    public async Task Question_OfTheList_IsAnsweredFromItsIndexWithoutSorting(string sql, string expected)
    {
        var plan = string.Join('\n', await RowsAsync("EXPLAIN QUERY PLAN " + sql, column: 3));

        plan.ShouldContain(expected);
        plan.ShouldNotContain("TEMP B-TREE");
    }

    [Fact]
    public async Task Tables_WithAKeyOfSeveralColumns_AreThatKey()
    {
        var tables = await RowsAsync("SELECT name FROM pragma_table_list WHERE wr = 1", column: 0);

        new[] { "TicketMetadata", "TicketTags", "TicketChannels" }.ShouldBeSubsetOf(tables);
    }

    private async Task<List<string>> RowsAsync(string sql, int column)
    {
        await using var db = await _services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new SqliteParameter("@value", 1));
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(column));
        }

        return rows;
    }
}

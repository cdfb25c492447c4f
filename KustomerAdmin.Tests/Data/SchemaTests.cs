using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace KustomerAdmin.Tests.Data;

public sealed class SchemaTests
{
    [Fact]
    public void Migrations_OfSqlite_ContainTheWholeModel()
    {
        using var db = new SqliteDesignTimeFactory().CreateDbContext([]);

        db.Database.HasPendingModelChanges().ShouldBeFalse("Rule: a change of the model comes with a migration for both databases.");
    }

    [Fact]
    public void Migrations_OfSqlServer_ContainTheWholeModel()
    {
        using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);

        db.Database.HasPendingModelChanges().ShouldBeFalse("Rule: a change of the model comes with a migration for both databases.");
    }

    [Fact]
    public void Migrations_OfBoth_HaveTheSameNames()
    {
        using var sqlite = new SqliteDesignTimeFactory().CreateDbContext([]);
        using var server = new SqlServerDesignTimeFactory().CreateDbContext([]);

        Names(server).ShouldBe(Names(sqlite));
        Names(sqlite).ShouldNotBeEmpty();
    }

    [Fact]
    public void Script_ForSqlServer_CanBeMade()
    {
        using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);

        var script = db.Database.GenerateCreateScript();

        script.ShouldContain("CREATE TABLE [Tickets]");
        script.ShouldContain("CREATE UNIQUE INDEX [IX_Instances_OrganizationId] ON [Instances] ([OrganizationId]) WHERE [OrganizationId] IS NOT NULL");
    }

    [Fact]
    public void Texts_OfEveryTable_HaveALongestLengthOrAReason()
    {
        using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);

        var endless = db.Model.GetEntityTypes().Where(entity => entity.ClrType.Namespace == "KustomerAdmin.Data.Entities")
            .SelectMany(entity => entity.GetDeclaredProperties().Where(property => property.ClrType == typeof(string) && property.GetMaxLength() is null && !property.IsShadowProperty()).Select(property => $"{entity.ClrType.Name}.{property.Name}"))
            .Where(name => !name.StartsWith("AdminUser.", StringComparison.Ordinal));

        // The mapper cuts it at 20,000 characters; no column of SQL Server has that length.
        endless.ShouldBe(["TicketMetadata.LongTextValue"], "Rule: a max length on every string.");
    }

    [Fact]
    public void Keys_OnSqlServer_AreAsShortAsItAsks()
    {
        using var db = new SqlServerDesignTimeFactory().CreateDbContext([]);

        var entities = db.GetService<IDesignTimeModel>().Model.GetEntityTypes().Where(entity => entity.ClrType.Namespace == "KustomerAdmin.Data.Entities" && entity.ClrType != typeof(AdminUser)).ToList();
        var keys = entities.SelectMany(entity => entity.GetKeys().Select(key => (Name: key.GetName()!, key.Properties, Longest: key.IsClustered() ?? key.IsPrimaryKey() ? 900 : 1700)));
        var indexes = entities.SelectMany(entity => entity.GetIndexes().Select(index => (Name: index.GetDatabaseName()!, index.Properties, Longest: 1700)));

        keys.Concat(indexes).Where(key => key.Name.Length > 128 || key.Properties.Sum(Bytes) > key.Longest).ShouldBeEmpty();
    }

    /// <summary>Two for each sign of a text; no other column has more than 16.</summary>
    private static int Bytes(IProperty property) => (property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType) == typeof(string) ? 2 * property.GetMaxLength()!.Value : 16;

    private static IEnumerable<string> Names(AppDbContext db) => db.Database.GetMigrations().Select(name => name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..]);
}

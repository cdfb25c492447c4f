using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;

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

    private static IEnumerable<string> Names(AppDbContext db) => db.Database.GetMigrations().Select(name => name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..]);
}

using System.Reflection;
using KustomerAdmin.Data;
using KustomerAdmin.Kustomer.Models;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace KustomerAdmin.Tests.Architecture;

public sealed class WallsTests
{
    [Fact]
    public void Flurl_OutsideTheGateway_IsNotNamed() =>
        Offences(".cs", "Flurl", file => file.Folder is "Kustomer").ShouldBeEmpty("Rule: all HTTP to Kustomer, and with it Flurl, is in Kustomer/ only.");

    [Fact]
    public void ComponentLibrary_OutsideComponentsAndShell_IsNotNamed() =>
        Offences(".cs", "Radzen", file => file.IsComponent || file.Folder is "Shell").ShouldBeEmpty("Rule: the component library is used in *.razor, *.razor.cs and Shell/ only.");

    [Theory]
    [InlineData("EntityFrameworkCore")]
    [InlineData("DbContext")]
    public void EntityFramework_InComponents_IsNotNamed(string word) =>
        Sources.All(".razor", ".razor.cs").Where(file => file.Text.Contains(word, StringComparison.Ordinal)).Select(file => file.Name)
            .ShouldBeEmpty("Rule: a component asks a service; it never holds a database context.");

    [Theory]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTime.Now")]
    [InlineData("DateTimeOffset.UtcNow")]
    [InlineData("DateTimeOffset.Now")]
    [InlineData("DateTime.Today")]
    public void Clock_OfTheMachine_IsReadThroughTimeProviderOnly(string word) =>
        Sources.All(".cs", ".razor").Where(file => file.Text.Contains(word, StringComparison.Ordinal)).Select(file => file.Name)
            .ShouldBeEmpty("Rule: time comes from TimeProvider.");

    [Fact]
    public void WireRecords_InTheSchema_AreNotFound()
    {
        using var db = new SqliteAppDbContext(new DbContextOptionsBuilder<SqliteAppDbContext>().UseSqlite("Data Source=:memory:").Options);

        var types = db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property => property.ClrType).Append(entity.ClrType));

        types.Where(type => type.Namespace == typeof(Conversation).Namespace)
            .ShouldBeEmpty("Rule: records of Kustomer's answers (Kustomer/Models) reach neither entity nor database; TicketMapper and TicketViewer translate.");
    }

    [Fact]
    public void WireRecords_InData_AreNotNamed() =>
        Sources.All(".cs").Where(file => file.Folder is "Data" && file.Text.Contains("Kustomer.Models", StringComparison.Ordinal)).ShouldBeEmpty("Rule: wire records reach no entity.");

    [Fact]
    public void Contexts_InSingletonsAndComponents_AreNotHeld()
    {
        var holders = typeof(Program).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IComponent)) || type.IsAssignableTo(typeof(IHostedService)) || type.Name.EndsWith("Service", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public), (type, field) => (type.Name, field.FieldType))
            .Where(pair => pair.FieldType.IsAssignableTo(typeof(DbContext)));

        holders.ShouldBeEmpty("Rule: one context per operation, from IDbContextFactory; no component and no singleton holds one.");
    }

    [Fact]
    public void Interfaces_OfOurOwn_AreNotDeclared() =>
        typeof(Program).Assembly.GetTypes().Where(type => type.IsInterface && type.Namespace?.StartsWith("KustomerAdmin", StringComparison.Ordinal) == true)
            .ShouldBeEmpty("Rule: no interface with one implementation; the seams for tests are HTTP and the database.");

    private static IEnumerable<string> Offences(string ending, string word, Func<SourceFile, bool> isAllowed) =>
        Sources.All(ending).Where(file => !isAllowed(file) && file.Text.Contains(word, StringComparison.Ordinal)).Select(file => file.Name);
}

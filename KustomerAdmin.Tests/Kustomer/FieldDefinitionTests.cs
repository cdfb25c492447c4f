using System.Text.Json;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class FieldDefinitionTests
{
    [Fact]
    public void Read_OneNameTwice_TheLastCounts() =>
        Read("""{"aStr":{"displayName":"First"},"bStr":{"displayName":"B"},"aStr":{"displayName":"Last"}}""").ShouldBe([new("aStr", "Last"), new("bStr", "B")], ignoreOrder: true);

    [Fact]
    public void Read_NameThatIsNoUnicode_IsLeftOut() =>
        Read("""{"\ud800Str":{"displayName":"A"},"oldStr":{"displayName":"Old","deletedAt":"2026-01-01T00:00:00Z"},"bStr":{"displayName":"B"},"cStr":7}""")
            .ShouldBe([new("oldStr", "Old", IsDeleted: true), new("bStr", "B"), new("cStr", null)], ignoreOrder: true);

    private static IReadOnlyList<FieldDefinition> Read(string properties) =>
        FieldDefinition.ReadAll(JsonSerializer.Deserialize<JsonElement>("""{"id":"conversation","attributes":{"properties":""" + properties + "}}"));
}

using System.Text.Json;

namespace KustomerAdmin.Kustomer.Models;

/// <summary>The organisation a key belongs to; its name is the subdomain.</summary>
public sealed record Organization(string Id, string? Name)
{
    internal static Organization Read(JsonElement resource) => new(resource.RequiredId(), resource.Attributes().Text("name"));
}

/// <summary>A person of the organisation. https://developer.kustomer.com/api/access-management/get-users</summary>
public sealed record User(string Id, string? Name)
{
    internal static User Read(JsonElement resource) => new(resource.RequiredId(), resource.Attributes().Text("displayName") ?? resource.Attributes().Text("name"));
}

/// <summary>A team of the organisation. https://developer.kustomer.com/api/access-management/get-teams</summary>
public sealed record Team(string Id, string? Name)
{
    internal static Team Read(JsonElement resource) => new(resource.RequiredId(), resource.Attributes().Text("displayName") ?? resource.Attributes().Text("name"));
}

/// <summary>A tag's name and colour, such as <c>#E53935</c>.</summary>
public sealed record Tag(string Id, string? Name, string? Color)
{
    internal static Tag Read(JsonElement resource) => new(resource.RequiredId(), resource.Attributes().Text("name"), resource.Attributes().Text("color"));
}

/// <summary>A custom attribute as Kustomer defines it. https://developer.kustomer.com/docs/concepts/custom-attributes</summary>
/// <param name="IsDeleted">Kustomer goes on listing definitions that were deleted; tickets keep their values.</param>
public sealed record FieldDefinition(string Name, string? DisplayName, bool IsDeleted = false)
{
    internal static IReadOnlyList<FieldDefinition> ReadAll(JsonElement resource) =>
        [.. (resource.Attributes().Member("properties") ?? default).Members()
            .Select(property => new FieldDefinition(property.Name, property.Value.Text("displayName"), property.Value.Member("deletedAt") is not null))];
}

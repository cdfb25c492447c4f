using System.Text.Json;

namespace KustomerAdmin.Kustomer.Models;

/// <summary>What Kustomer knows of the key in use. https://developer.kustomer.com/docs/get-started/quickstart</summary>
public sealed record AccessToken(string Id, IReadOnlyList<string> Roles)
{
    /// <summary>Whether a role covers another one: it is the same, or a prefix of whole parts (<c>org</c> covers <c>org.permission</c>).</summary>
    public bool Grants(string role) =>
        Roles.Any(own => string.Equals(own, role, StringComparison.Ordinal) || role.StartsWith(own + ".", StringComparison.Ordinal));

    internal static AccessToken Read(JsonElement resource) => new(
        resource.RequiredId(),
        [.. resource.Attributes().Items("roles").Select(role => role.Text()).OfType<string>()]);
}

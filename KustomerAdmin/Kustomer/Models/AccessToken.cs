using System.Text.Json;

namespace KustomerAdmin.Kustomer.Models;

/// <summary>What Kustomer knows of the key in use. https://developer.kustomer.com/docs/get-started/quickstart</summary>
/// <param name="Roles">Null when Kustomer does not say.</param>
public sealed record AccessToken(string Id, KeyRoles? Roles)
{
    internal static AccessToken Read(JsonElement resource)
    {
        var roles = resource.Attributes().Items("roles").Select(static role => role.Text()).OfType<string>().ToList();
        return new AccessToken(resource.RequiredId(), roles.Count == 0 ? null : new KeyRoles(roles));
    }
}

using System.Text.Json;

namespace KustomerAdmin.Kustomer.Models;

/// <summary>What Kustomer knows of the key in use. https://developer.kustomer.com/docs/get-started/quickstart</summary>
public sealed record AccessToken(string Id, IReadOnlyList<string> Roles)
{
    /// <summary>
    /// Whether the key may do what <paramref name="role"/> allows: by the role itself, by a prefix of whole parts (<c>org</c> covers
    /// <c>org.permission</c>), or by its older name (<c>org.user.…</c>, <c>org.admin.…</c>).
    /// </summary>
    public bool Grants(string role) =>
        Holds(role) || Holds(role.Replace(".permission.", ".user.", StringComparison.Ordinal)) || Holds(role.Replace(".permission.", ".admin.", StringComparison.Ordinal));

    private bool Holds(string role) =>
        Roles.Any(own => string.Equals(own, role, StringComparison.Ordinal) || role.StartsWith(own + ".", StringComparison.Ordinal));

    internal static AccessToken Read(JsonElement resource) => new(
        resource.RequiredId(),
        [.. resource.Attributes().Items("roles").Select(role => role.Text()).OfType<string>()]);
}

using System.Text.Json;

namespace KustomerAdmin.Sandbox.Access;

/// <summary>What a key says of itself, in the order in which real keys say it.</summary>
internal sealed record TokenClaims(string Id, string User, string Organization, string OrganizationName, string UserType, string[] Roles, long? ExpiresAt)
{
    public const string Pod = "prod1";

    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("id", Id);
            writer.WriteString("user", User);
            writer.WriteString("org", Organization);
            writer.WriteString("orgName", OrganizationName);
            writer.WriteString("userType", UserType);
            writer.WriteString("pod", Pod);
            writer.WriteStartArray("roles");
            foreach (var role in Roles)
            {
                writer.WriteStringValue(role);
            }

            writer.WriteEndArray();
            writer.WriteString("aud", "urn:consumer");
            writer.WriteString("iss", "urn:api");
            writer.WriteString("sub", User);
            if (ExpiresAt is { } seconds)
            {
                writer.WriteNumber("exp", seconds);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static TokenClaims From(JsonElement claims) => new(
        Text(claims, "id"),
        Text(claims, "user"),
        Text(claims, "org"),
        Text(claims, "orgName"),
        Text(claims, "userType"),
        [.. claims.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)],
        claims.TryGetProperty("exp", out var seconds) ? seconds.GetInt64() : null);

    private static string Text(JsonElement claims, string name) => claims.GetProperty(name).GetString()!;
}

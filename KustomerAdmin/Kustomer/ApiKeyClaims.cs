using System.Buffers.Text;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// What a key says of itself when it is a JWT (RFC 7519). Nothing is verified: it is a hint, and a key that is not a JWT works as well.
/// Every claim may be missing (Kustomer publishes none of them).
/// </summary>
public sealed record ApiKeyClaims
{
    private const int LongestName = 100;
    private const int MostRoles = 500;

    /// <summary>The organisation's subdomain.</summary>
    public string? OrganizationName { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Null when the key does not say.</summary>
    public KeyRoles? Roles { get; init; }

    /// <summary>It was made for a person who signed in, not for a machine: it ends with the session.</summary>
    public bool IsPersonal { get; init; }

    /// <returns>Null for a key that cannot be read.</returns>
    public static ApiKeyClaims? Read(ApiKey key)
    {
        if (key.Reveal().Split('.') is not [_, var payload, _])
        {
            return null;
        }

        try
        {
            var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(payload));
            var roles = claims.Items("roles").Take(MostRoles).Select(static role => role.Text()).OfType<string>().ToList();
            return new ApiKeyClaims
            {
                OrganizationName = claims.Member("orgName")?.Text() is { Length: > 0 and <= LongestName } name ? name : null,
                ExpiresAt = claims.Member("exp") is { ValueKind: JsonValueKind.Number } expires && expires.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
                Roles = roles.Count == 0 ? null : new KeyRoles(roles),
                IsPersonal = claims.Member("userType")?.Text() is "user",
            };
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}

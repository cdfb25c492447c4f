using System.Buffers.Text;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// What a key says of itself when it is a JWT (RFC 7519). Nothing is verified: it is a hint, and a key that is not a JWT works as well.
/// </summary>
public sealed record ApiKeyClaims(string? OrganizationName, DateTimeOffset? ExpiresAt)
{
    public static ApiKeyClaims? Read(ApiKey key)
    {
        if (key.Reveal().Split('.') is not [_, var payload, _])
        {
            return null;
        }

        try
        {
            var claims = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(payload));
            return new ApiKeyClaims(
                claims.TryGetProperty("orgName", out var name) && name.ValueKind is JsonValueKind.String ? name.GetString() : null,
                claims.TryGetProperty("exp", out var expires) && expires.TryGetInt64(out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null);
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}

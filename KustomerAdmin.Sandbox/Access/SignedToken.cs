using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace KustomerAdmin.Sandbox.Access;

/// <summary>A key as Kustomer hands it out: a JWT signed with HS256. The secret is known to everybody, because it guards nothing.</summary>
internal static class SignedToken
{
    private static readonly byte[] s_secret = "sandbox-signing-secret-not-a-secret"u8.ToArray();
    private static readonly string s_header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public static string Create(TokenClaims claims)
    {
        var body = s_header + "." + Base64Url.EncodeToString(claims.ToJson());
        return body + "." + Sign(body);
    }

    public static TokenClaims? Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(parts[0] + "." + parts[1])), Encoding.ASCII.GetBytes(parts[2])))
        {
            return null;
        }

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        return TokenClaims.From(claims.RootElement);
    }

    /// <summary>Also signs the addresses of attachments, which need no key.</summary>
    public static string Sign(string text) => Base64Url.EncodeToString(HMACSHA256.HashData(s_secret, Encoding.UTF8.GetBytes(text)));
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// E-mail and password of a person in Kustomer, for the one request that exchanges them for a token. Printed or logged they are <c>***</c>;
/// they are stored nowhere.
/// </summary>
[DebuggerDisplay("***")]
public sealed class SignIn
{
    private const int LongestAccepted = 500;
    private readonly string _email;
    private readonly string _password;

    private SignIn(string email, string password) => (_email, _password) = (email, password);

    public static bool TryParse(string? email, string? password, [NotNullWhen(true)] out SignIn? signIn)
    {
        var address = email?.Trim() ?? "";
        var isValid = address.Length is > 2 and <= LongestAccepted && address.Contains('@', StringComparison.Ordinal) && !address.Any(char.IsControl) && password is { Length: > 0 and <= LongestAccepted };
        signIn = isValid ? new SignIn(address, password!) : null;
        return isValid;
    }

    public override string ToString() => "***";

    /// <summary>The body of the request for a token. https://developer.kustomer.com/api/access-management/create-token</summary>
    internal byte[] ToJson(Subdomain domain) =>
        JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(StringComparer.Ordinal) { ["domain"] = domain.Label, ["email"] = _email, ["password"] = _password });
}

using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace KustomerAdmin.Kustomer;

/// <summary>A Kustomer API key. Printed, logged or serialised it is <c>***</c>; only <see cref="Reveal"/> gives it away.</summary>
[DebuggerDisplay("***")]
public sealed class ApiKey
{
    private const int LongestAccepted = 4096;
    private static readonly char[] s_around = [' ', '\t', '\r', '\n', '"', '\'', '“', '”', '‘', '’'];
    private readonly string _value;

    private ApiKey(string value) => _value = value;

    /// <summary>The last characters, as Kustomer itself shows them.</summary>
    public string LastFour => _value.Length >= 12 ? _value[^4..] : "";

    /// <summary>Drops quotes, blanks and a leading <c>Bearer</c> around the pasted key.</summary>
    public static bool TryParse(string? pasted, [NotNullWhen(true)] out ApiKey? key)
    {
        var text = (pasted ?? "").Trim(s_around);
        if (text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || string.Equals(text, "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            text = text["Bearer".Length..].Trim(s_around);
        }

        var isValid = text.Length is > 0 and <= LongestAccepted && text.All(static character => character is > ' ' and < '\x7f');
        key = isValid ? new ApiKey(text) : null;
        return isValid;
    }

    public bool IsSame(ApiKey other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <summary>For the handler that sends it and the box that encrypts it.</summary>
    internal string Reveal() => _value;

    public override string ToString() => "***";
}

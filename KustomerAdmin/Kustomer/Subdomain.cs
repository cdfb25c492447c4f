using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// The label under which an organisation signs in, such as <c>acme</c>. Nothing else may name a host: an address is built
/// from a value of this type and never taken from what somebody typed.
/// </summary>
public sealed partial record Subdomain
{
    private const string Suffix = ".kustomerapp.com";
    private static readonly string[] s_reserved = ["api", "cdn", "www"];

    private Subdomain(string label) => Label = label;

    /// <summary>Lower-case letters, digits and hyphens; 1 to 63 characters (RFC 1123, section 2.1).</summary>
    public string Label { get; }

    /// <summary>Understands what people paste: <c>acme</c>, <c> ACME </c>, <c>acme.kustomerapp.com</c>, <c>https://acme.kustomerapp.com/app/…</c>.</summary>
    public static bool TryParse(string? pasted, [NotNullWhen(true)] out Subdomain? subdomain)
    {
        subdomain = null;
        var text = pasted?.Trim() ?? "";

        // Before lower-casing: some letters beyond ASCII become ASCII letters by it.
        if (text.Length is 0 or > 2000 || !System.Text.Ascii.IsValid(text))
        {
            return false;
        }

        var label = LabelOf(text.ToLowerInvariant());
        if (label is null || !LabelPattern().IsMatch(label) || label.StartsWith("xn--", StringComparison.Ordinal) || s_reserved.Contains(label, StringComparer.Ordinal))
        {
            return false;
        }

        subdomain = new Subdomain(label);
        return true;
    }

    public override string ToString() => Label;

    private static string? LabelOf(string text)
    {
        if (text.StartsWith("https://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.IsDefaultPort && address.UserInfo.Length == 0
                ? LabelOfHost(address.Host)
                : null;
        }

        return text.Contains('.', StringComparison.Ordinal) ? LabelOfHost(text.TrimEnd('/')) : text;
    }

    private static string? LabelOfHost(string host) =>
        host.EndsWith(".api" + Suffix, StringComparison.Ordinal) ? host[..^(".api" + Suffix).Length]
        : host.EndsWith(Suffix, StringComparison.Ordinal) ? host[..^Suffix.Length]
        : null;

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LabelPattern();
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KustomerAdmin.Kustomer;

/// <summary>Reads Kustomer's JSON forgivingly: absent, null and wrongly typed values are all "not there".</summary>
public static partial class KustomerJson
{
    /// <summary>Length of <c>"2026-05-01T00:00:00.000Z"</c> with its quotes, as Kustomer writes nearly all; it is read without a detour.</summary>
    private const int UsualMoment = 26;

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>Text, with what is no Unicode (a lone surrogate, a broken byte) and NUL replaced by U+FFFD.</summary>
    public static string? Text(this JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        string? text;
        try
        {
            text = element.GetString();
        }
        catch (InvalidOperationException)
        {
            var raw = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));
            text = JsonSerializer.Deserialize<string>(Escape().Replace(raw, static escape => escape.Groups["lone"].Success ? "\uFFFD" : escape.Value));
        }

        return text?.Replace('\0', '\uFFFD');
    }

    public static string? Text(this JsonElement element, string name) => element.Member(name)?.Text();

    public static int? Integer(this JsonElement element, string name) =>
        element.Member(name)?.Integer();

    public static int? Integer(this JsonElement element) => element.ValueKind is JsonValueKind.Number && element.TryGetInt32(out var number) ? number : null;

    public static bool IsTrue(this JsonElement element, string name) => element.Member(name)?.ValueKind is JsonValueKind.True;

    /// <summary>ISO 8601; a moment without a zone is UTC. Without a year it is none: it would be read as today, and change every day.</summary>
    public static DateTimeOffset? Moment(this JsonElement element) =>
        element.ValueKind is JsonValueKind.String && JsonMarshal.GetRawUtf8Value(element) is { Length: UsualMoment } usual && usual[^2] == 'Z' && !usual.Contains((byte)'\\') && element.TryGetDateTimeOffset(out var known) ? known :
        element.Text() is [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', '-', ..] text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
            ? moment
            : null;

    public static DateTimeOffset? Moment(this JsonElement element, string name) => element.Member(name)?.Moment();

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => (element.Member(name) ?? default).Items();

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind is JsonValueKind.Array ? element.EnumerateArray() : [];

    /// <summary>The members whose names are Unicode, the last of each name. One with another name cannot be stored or shown.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.Object)
        {
            return [];
        }

        OrderedDictionary<string, JsonElement> members = new(element.GetPropertyCount(), StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is { } name)
            {
                members[name] = property.Value;
            }
        }

        return members.Select(static member => (member.Key, member.Value));
    }

    /// <summary>Id that a JSON:API relationship names.</summary>
    internal static string? Related(this JsonElement resource, string relationship) =>
        resource.Member("relationships")?.Member(relationship)?.Member("data")?.Text("id") is { } id && KustomerRoutes.IsId(id) ? id : null;

    /// <exception cref="FormatException">The resource has no id.</exception>
    internal static string RequiredId(this JsonElement resource) =>
        resource.Text("id") is { } id && KustomerRoutes.IsId(id) ? id : throw new FormatException("The record has no usable id.");

    internal static JsonElement Attributes(this JsonElement resource) => resource.Member("attributes") ?? default;

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Escapes one after the other, so that an escaped backslash is never taken for the beginning of another escape.</summary>
    [GeneratedRegex(@"\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}

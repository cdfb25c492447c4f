using System.Text.Json;
using System.Text.Json.Serialization;

namespace KustomerAdmin.Tickets.Listing;

/// <summary>How one admin has arranged the ticket list.</summary>
/// <param name="Columns">Keys in their order; null for the list's own choice.</param>
/// <param name="Widths">In pixels, by key: of columns that are shown now and of ones that were.</param>
public sealed record ListLayout(IReadOnlyList<string>? Columns, IReadOnlyDictionary<string, int> Widths, bool IsDense)
{
    public const int LeastWidth = 60;
    public const int MostWidth = 900;

    public static readonly ListLayout Untouched = new(null, new Dictionary<string, int>(StringComparer.Ordinal), false);

    public ListLayout WithWidth(string key, int width) =>
        this with { Widths = new Dictionary<string, int>(Widths, StringComparer.Ordinal) { [key] = Math.Clamp(width, LeastWidth, MostWidth) } };

    /// <summary>As it is stored; null for nothing but defaults. Widths are left out before it gets longer than <paramref name="most"/>.</summary>
    internal string? Write(int most)
    {
        if (Columns is null && Widths.Count == 0)
        {
            return null;
        }

        var text = JsonSerializer.Serialize(new Stored(Columns, Widths.Count == 0 ? null : Widths), LayoutJson.Default.Stored);
        return text.Length <= most ? text : (this with { Widths = Untouched.Widths, Columns = Widths.Count == 0 ? null : Columns }).Write(most);
    }

    /// <summary>What cannot be read, such as what a later console wrote, is as if nothing were kept.</summary>
    internal static ListLayout Read(string? text, bool isDense)
    {
        try
        {
            var stored = text is null ? null : JsonSerializer.Deserialize(text, LayoutJson.Default.Stored);
            return new ListLayout(stored?.Columns, stored?.Widths ?? Untouched.Widths, isDense);
        }
        catch (JsonException)
        {
            return Untouched with { IsDense = isDense };
        }
    }

    internal sealed record Stored(IReadOnlyList<string>? Columns, IReadOnlyDictionary<string, int>? Widths);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListLayout.Stored))]
internal sealed partial class LayoutJson : JsonSerializerContext;

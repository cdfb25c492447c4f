using KustomerAdmin.Filters;

namespace KustomerAdmin.Tickets.Listing;

/// <summary>A column of the list.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="IsWidthKept">Somebody set it; otherwise it is what fits most values.</param>
public sealed record TicketColumn(FilterField Field, int Width, bool IsWidthKept);

/// <summary>Which columns the list has, and how wide they are until somebody changes that.</summary>
internal static class TicketColumns
{
    /// <summary>Custom fields shown while nobody has chosen any.</summary>
    private const int OwnChoice = 2;

    /// <summary>Pixels of a letter of a header, about.</summary>
    private const int Letter = 8;

    /// <summary>Pixels beside a header's text: the arrow of the order is among them.</summary>
    private const int HeaderEdges = 28;

    private const int LongestHeader = 180;

    private static readonly string[] s_before = ["subject", "status", "channel", "priority", "messageCount", "customerConversations"];
    private static readonly string[] s_after = ["instance", "createdAt", "updatedAt"];

    public static IReadOnlyList<string> DefaultOf(IReadOnlyList<FilterField> fields) =>
    [
        .. s_before, .. fields.Where(field => field.Group is FilterFieldGroup.Custom && field.IsStored).Take(OwnChoice).Select(field => field.Key), .. s_after,
    ];

    /// <summary>Columns of fields that are not stored any more, or never were, are left out.</summary>
    public static IReadOnlyList<TicketColumn> Of(IReadOnlyList<string>? keys, IReadOnlyList<FilterField> fields, ListLayout layout)
    {
        var byKey = fields.Where(field => field.IsStored).ToDictionary(field => field.Key, StringComparer.Ordinal);
        var found = Found(keys ?? DefaultOf(fields));
        return found.Count > 0 ? found : Found(DefaultOf(fields));

        List<TicketColumn> Found(IReadOnlyList<string> asked) =>
            [.. asked.Where(byKey.ContainsKey).Select(key => byKey[key]).Select(field => layout.Widths.TryGetValue(field.Key, out var width)
                ? new TicketColumn(field, Math.Clamp(width, ListLayout.LeastWidth, ListLayout.MostWidth), true)
                : new TicketColumn(field, WidthOf(field), false))];
    }

    /// <summary>Fits most values, and the longest word of the name, which may take two lines.</summary>
    private static int WidthOf(FilterField field) =>
        Math.Max(WidthOfValues(field), Math.Min(LongestHeader, (field.DisplayName.Split(' ').Max(static word => word.Length) * Letter) + HeaderEdges));

    private static int WidthOfValues(FilterField field) => field.Key switch
    {
        "subject" => 270,
        "status" => 110,
        "id" => 220,
        _ when field.IsDuration => 115,
        _ => field.Type switch
        {
            FilterFieldType.Text => 130,
            FilterFieldType.Number => 95,
            FilterFieldType.Date => 115,
            FilterFieldType.YesNo => 80,
            FilterFieldType.List => 120,
            FilterFieldType.Choice => 110,
        },
    };
}

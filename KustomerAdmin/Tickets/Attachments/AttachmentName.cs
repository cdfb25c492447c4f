using System.Globalization;
using System.Text;

namespace KustomerAdmin.Tickets.Attachments;

/// <summary>Makes a sender's file name safe to offer: no path, no control or direction characters, no name that Windows reserves.</summary>
internal static class AttachmentName
{
    private const int Longest = 120;

    private static readonly string[] s_reserved =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })];

    public static string Clean(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var text = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            var isSafe = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
                && rune.Value is not ('"' or '<' or '>' or ':' or '|' or '?' or '*' or 0xFFFD);
            if (isSafe)
            {
                text.Append(rune);
            }
        }

        var cleaned = Shorten(text.ToString().Trim(' ', '.')).TrimEnd(' ', '.');
        var stem = cleaned.Split('.')[0].TrimEnd();
        return cleaned.Length == 0 ? "attachment"
            : s_reserved.Contains(stem, StringComparer.OrdinalIgnoreCase) ? "_" + cleaned
            : cleaned;
    }

    /// <summary>Keeps the ending, which tells what the file is.</summary>
    private static string Shorten(string name)
    {
        if (name.Length <= Longest)
        {
            return name;
        }

        var ending = Path.GetExtension(name) is { Length: <= 12 } extension ? extension : "";
        var stem = name[..(Longest - ending.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + ending;
    }
}

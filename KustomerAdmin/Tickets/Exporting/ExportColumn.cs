using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tickets.Exporting;

/// <summary>A column of an exported file.</summary>
/// <param name="Key">Of the field, as <see cref="FilterField.Key"/> has it.</param>
/// <param name="Header">Its display name, with the unit of a number that has one; with the key where two columns share one.</param>
public sealed record ExportColumn(string Key, string Header)
{
    /// <summary>For a list that says nothing of its columns.</summary>
    private static readonly string[] s_usual =
        ["subject", OwnField.Status, OwnField.Channel, "priority", "messageCount", "noteCount", "customerConversations", OwnField.Instance, "createdAt", "updatedAt"];

    internal void Write(CsvWriter csv, TicketRow row, TimeZoneInfo zone)
    {
        switch (row.Own(Key))
        {
            case string text:
                csv.WriteText(text);
                break;
            case int number:
                csv.WriteNumber(number);
                break;
            case DateTimeOffset moment:
                csv.WriteMoment(moment, zone);
                break;
            default:
                WriteValue(csv, row.Values.GetValueOrDefault(Key), zone);
                break;
        }
    }

    /// <param name="keys">The list's columns; null for its own choice.</param>
    internal static ExportPlan Plan(IReadOnlyList<string>? keys, IReadOnlyList<FilterField> fields)
    {
        var byKey = fields.ToDictionary(field => field.Key, StringComparer.Ordinal);
        var (stored, gone) = ((List<FilterField>)[], (List<string>)[]);
        foreach (var key in keys ?? s_usual)
        {
            if (byKey.GetValueOrDefault(key) is { IsStored: true } field)
            {
                stored.Add(field);
            }
            else
            {
                gone.Add(byKey.GetValueOrDefault(key)?.DisplayName ?? key);
            }
        }

        var names = stored.CountBy(field => field.NameWithUnit, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return new ExportPlan([.. stored.Select(field => new ExportColumn(field.Key, names[field.NameWithUnit] > 1 ? $"{field.NameWithUnit} ({field.Key})" : field.NameWithUnit))], gone);
    }

    /// <summary>By what the value is, not by what its field should hold: text in a field of numbers is text.</summary>
    private static void WriteValue(CsvWriter csv, StoredValue? value, TimeZoneInfo zone)
    {
        switch (value)
        {
            case { Text: { } text }:
                csv.WriteText(text);
                break;
            case { Moment: { } moment }:
                csv.WriteMoment(moment, zone);
                break;
            case { Truth: { } truth }:
                csv.WriteTruth(truth);
                break;
            default:
                csv.WriteNumber(value?.Number);
                break;
        }
    }
}

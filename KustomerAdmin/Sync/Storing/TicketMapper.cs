using System.Text.Json;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Sync.Storing;

/// <summary>
/// From Kustomer's record to what is stored: the ticket's own columns, the standard attributes of <see cref="StandardFields"/> and the custom
/// attributes. Nothing else gets through, so neither <c>preview</c> nor any other text of a message does.
/// </summary>
internal static class TicketMapper
{
    private const int LongestValue = 20_000;

    /// <summary>The ticket's own columns; the standard attributes follow them.</summary>
    private static readonly string[] s_own =
        ["name", "status", "priority", "direction", "messageCount", "noteCount", "createdAt", "lastActivityAt", "channels", "tags", "custom"];

    private static readonly AttributePaths s_paths = new([.. s_own, .. StandardColumn.All.Select(column => column.Key.Path)]);

    public static MappedTicket Map(Conversation conversation)
    {
        var found = new JsonElement[s_paths.Count];
        s_paths.Find(conversation.Attributes, found);
        List<MappedValue> values = new(16);
        return new MappedTicket
        {
            KustomerId = conversation.Id,
            UpdatedAt = conversation.UpdatedAt,
            CustomerId = conversation.CustomerId,
            Subject = Cut(found[0].Text(), Ticket.SubjectLength),
            Status = Cut(found[1].Text(), 50),
            Priority = found[2].Integer(),
            Direction = Cut(found[3].Text(), 50),
            MessageCount = found[4].Integer(),
            NoteCount = found[5].Integer(),
            CreatedAt = found[6].Moment(),
            LastActivityAt = found[7].Moment(),
            Channels = Distinct(found[8]),
            TagIds = Distinct(found[9]),
            Attributes = Standard(conversation, found.AsSpan(s_own.Length), values),
            Values = Custom(found[10], values),
        };
    }

    /// <summary>A value that its column cannot hold is added to <paramref name="misfits"/> as text, so that nothing is lost.</summary>
    private static TicketAttributes Standard(Conversation conversation, ReadOnlySpan<JsonElement> found, List<MappedValue> misfits)
    {
        var attributes = new TicketAttributes();
        for (var place = 0; place < found.Length; place++)
        {
            if (found[place].ValueKind is not JsonValueKind.Undefined && !Fits(attributes, StandardColumn.All[place], found[place]) && AsText(found[place]) is { Length: > 0 } text)
            {
                misfits.Add(new MappedValue(StandardColumn.All[place].Key, text, null, null));
            }
        }

        // Kustomer names these three beside the attributes.
        attributes.Brand = conversation.BrandId ?? attributes.Brand;
        attributes.Queue = conversation.QueueId ?? attributes.Queue;
        attributes.SubStatus = conversation.SubStatusId ?? attributes.SubStatus;
        return attributes;
    }

    private static bool Fits(TicketAttributes attributes, StandardColumn column, JsonElement element)
    {
        switch (column)
        {
            case StandardColumn<string?> text:
                text.Set(attributes, AsText(element) is { Length: > 0 } words ? Cut(words, TicketAttributes.TextLength) : null);
                return true;
            case StandardColumn<double?> number when element.ValueKind is JsonValueKind.Number && element.TryGetDouble(out var value) && double.IsFinite(value):
                number.Set(attributes, value);
                return true;
            case StandardColumn<DateTimeOffset?> date when element.Moment() is { } moment:
                date.Set(attributes, moment);
                return true;
            case StandardColumn<bool?> truth when element.ValueKind is JsonValueKind.True or JsonValueKind.False:
                truth.Set(attributes, element.ValueKind is JsonValueKind.True);
                return true;
            default:
                return false;
        }
    }

    private static List<MappedValue> Custom(JsonElement custom, List<MappedValue> values)
    {
        foreach (var (name, element) in custom.Members())
        {
            if (FieldKey.IsName(name) && Value(FieldKey.Custom(name), element) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    /// <summary>By the field's type where the value fits it; a value of another type is kept as text.</summary>
    private static MappedValue? Value(FieldKey key, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when key.Type is MetadataType.Number or MetadataType.Boolean =>
            element.TryGetDouble(out var number) && double.IsFinite(number) ? new MappedValue(key, null, number, null) : null,
        JsonValueKind.True when key.Type is MetadataType.Boolean => new MappedValue(key, null, 1, null),
        JsonValueKind.False when key.Type is MetadataType.Boolean => new MappedValue(key, null, 0, null),
        JsonValueKind.String when key.Type is MetadataType.Date && element.Moment() is { } moment => new MappedValue(key, null, null, moment),
        _ => AsText(element) is { Length: > 0 } text ? new MappedValue(key, text, null, null) : null,
    };

    private static string? AsText(JsonElement element) => Cut(
        element.ValueKind switch
        {
            JsonValueKind.String => element.Text(),
            JsonValueKind.Array => string.Join(", ", element.EnumerateArray().Select(static item => item.Text() ?? item.GetRawText())),
            JsonValueKind.Object => element.EnumerateObject().Any() ? element.GetRawText() : null,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => null,
        },
        LongestValue);

    private static List<string> Distinct(JsonElement list)
    {
        List<string> texts = [];
        foreach (var item in list.Items())
        {
            if (Cut(item.Text(), 50) is { Length: > 0 } text && !texts.Contains(text, StringComparer.Ordinal))
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] : text;
}

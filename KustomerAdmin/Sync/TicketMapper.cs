using System.Text.Json;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Sync;

/// <summary>
/// From Kustomer's record to what is stored: the ticket's own columns, the standard attributes of <see cref="StandardFields"/> and the custom
/// attributes. Nothing else gets through, so neither <c>preview</c> nor any other text of a message does.
/// </summary>
internal static class TicketMapper
{
    private const int LongestValue = 20_000;

    private static readonly (FieldKey Key, string[] Path)[] s_standard =
        [.. StandardFields.All.Select(field => (field.Key, field.Key.Path.Split('.')))];

    public static MappedTicket Map(Conversation conversation)
    {
        var attributes = conversation.Attributes;
        return new MappedTicket
        {
            KustomerId = conversation.Id,
            UpdatedAt = conversation.UpdatedAt,
            CustomerId = conversation.CustomerId,
            Subject = Cut(attributes.Text("name"), Ticket.SubjectLength),
            Status = Cut(attributes.Text("status"), 50),
            Priority = attributes.Integer("priority"),
            Direction = Cut(attributes.Text("direction"), 50),
            MessageCount = attributes.Integer("messageCount"),
            NoteCount = attributes.Integer("noteCount"),
            CreatedAt = attributes.Moment("createdAt"),
            LastActivityAt = attributes.Moment("lastActivityAt"),
            Channels = Distinct(attributes, "channels"),
            TagIds = Distinct(attributes, "tags"),
            Values = [.. Values(conversation)],
        };
    }

    private static IEnumerable<MappedValue> Values(Conversation conversation)
    {
        foreach (var (key, path) in s_standard)
        {
            if (Find(conversation.Attributes, path) is { } element && Value(key, element) is { } value)
            {
                yield return value;
            }
        }

        foreach (var (name, id) in ((string, string?)[])[("brand", conversation.BrandId), ("queue", conversation.QueueId), ("subStatus", conversation.SubStatusId)])
        {
            if (id is not null)
            {
                yield return new MappedValue(new FieldKey(name, MetadataType.Text), id, null, null);
            }
        }

        foreach (var (name, element) in (conversation.Attributes.Member("custom") ?? default).Members())
        {
            // A key that no column holds is no name of Kustomer's (64 characters at most).
            if (name.Length is > 0 and <= MetadataField.KeyLength - 10 && Value(FieldKey.Custom(name), element) is { } value)
            {
                yield return value;
            }
        }
    }

    private static JsonElement? Find(JsonElement attributes, string[] path)
    {
        JsonElement? element = attributes;
        foreach (var name in path)
        {
            element = element?.Member(name);
        }

        return element;
    }

    /// <summary>By the field's type where the value fits it; a value of another type is kept as text.</summary>
    private static MappedValue? Value(FieldKey key, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number when element.TryGetDouble(out var number) && double.IsFinite(number) => new MappedValue(key, null, number, null),
        JsonValueKind.True => new MappedValue(key, null, 1, null),
        JsonValueKind.False => new MappedValue(key, null, 0, null),
        JsonValueKind.String when key.Type is MetadataType.Date && element.Moment() is { } moment => new MappedValue(key, null, null, moment),
        JsonValueKind.String when element.Text() is { Length: > 0 } text => new MappedValue(key, Cut(text, LongestValue), null, null),
        JsonValueKind.Array when string.Join(", ", element.EnumerateArray().Select(static item => item.Text() ?? item.GetRawText())) is { Length: > 0 } list => new MappedValue(key, Cut(list, LongestValue), null, null),
        JsonValueKind.Object when element.EnumerateObject().Any() => new MappedValue(key, Cut(element.GetRawText(), LongestValue), null, null),
        _ => null,
    };

    private static List<string> Distinct(JsonElement attributes, string name) =>
        [.. attributes.Items(name).Select(static item => Cut(item.Text(), 50)).OfType<string>().Where(static text => text.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] : text;
}

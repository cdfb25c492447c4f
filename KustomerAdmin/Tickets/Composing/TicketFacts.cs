using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Sync.Storing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Composing;

/// <summary>A ticket's metadata with names for people: as stored, or as it just came from Kustomer.</summary>
internal static class TicketFacts
{
    public static async Task<IReadOnlyList<TicketFact>> StoredAsync(AppDbContext db, long ticketId, CancellationToken cancellationToken)
    {
        var values = await db.TicketMetadata.AsNoTracking().Where(value => value.TicketId == ticketId)
            .Join(db.MetadataFields, value => value.FieldId, field => field.Id, (value, field) => new { Value = value, Field = field })
            .ToListAsync(cancellationToken);
        var attributes = await db.TicketAttributes.AsNoTracking().FirstOrDefaultAsync(row => row.TicketId == ticketId, cancellationToken);
        return InOrder(Standard(attributes ?? new TicketAttributes()).Concat(values.Select(entry => new TicketFact(
            entry.Field.Key, entry.Field.DisplayName, StoredValue.Of(entry.Field.Type, entry.Value), entry.Field.Key.StartsWith(FieldKey.CustomPrefix, StringComparison.Ordinal)))));
    }

    public static IReadOnlyList<TicketFact> Live(Conversation conversation, IReadOnlyList<FieldDefinition> definitions, TicketNames names)
    {
        var displayNames = definitions.Where(definition => definition.DisplayName is not null)
            .DistinctBy(definition => definition.Name, StringComparer.Ordinal)
            .ToDictionary(definition => FieldKey.CustomPrefix + definition.Name, definition => definition.DisplayName!, StringComparer.Ordinal);
        var ticket = TicketMapper.Map(conversation);
        var standard = Standard(ticket.Attributes).Select(fact => fact with { Value = fact.Value with { Text = fact.Value.Text is { } text ? names.Resolve(text) : null } });
        return InOrder(standard.Concat(ticket.Values.Select(value => new TicketFact(
            value.Field.Path, displayNames.GetValueOrDefault(value.Field.Path) ?? StandardFields.DisplayNameOf(value.Field), Shown(value, names), value.Field.IsCustom))));
    }

    private static IEnumerable<TicketFact> Standard(TicketAttributes attributes)
    {
        foreach (var column in StandardColumn.All)
        {
            if (StoredValue.Of(column, attributes) is { } value)
            {
                yield return new TicketFact(column.Key.Path, column.DisplayName, InWords(column.Key.Path, value), IsCustom: false);
            }
        }
    }

    /// <summary>Kustomer counts moods: -1, 0, 1.</summary>
    private static StoredValue InWords(string path, StoredValue value) =>
        path is "sentiment.polarity" && value.Number is { } mood ? new StoredValue(mood < 0 ? "negative" : mood > 0 ? "positive" : "neutral", null, null, null) : value;

    private static StoredValue Shown(MappedValue value, TicketNames names) =>
        value.Field.Type is MetadataType.Boolean && value.Number is { } truth ? new(null, null, null, truth > 0)
        : new(value.Text is null ? null : names.Resolve(value.Text), value.Number, value.Moment, null);

    private static IReadOnlyList<TicketFact> InOrder(IEnumerable<TicketFact> facts) =>
        [.. facts.OrderByDescending(fact => fact.IsCustom).ThenBy(fact => fact.DisplayName, StringComparer.OrdinalIgnoreCase)];
}

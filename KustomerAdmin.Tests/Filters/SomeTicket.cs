using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Tests.Filters;

/// <summary>A ticket as nobody would wish one.</summary>
internal static class SomeTicket
{
    public static Ticket Of(Random random, int number, long instanceId, IReadOnlyList<MetadataField> fields, IReadOnlyList<Customer> customers)
    {
        var own = customers.Where(customer => customer.InstanceId == instanceId).ToList();
        return new Ticket
        {
            InstanceId = instanceId,
            KustomerId = $"{number:x24}",
            CustomerId = Chance(0.8) ? Any(own).Id : null,
            Subject = Chance(0.8) ? Short(Any(FilterWorld.Texts)) : null,
            Status = Chance(0.9) ? Any<string>(["open", "done", "snoozed", "Open"]) : null,
            Priority = Chance(0.8) ? random.Next(1, 6) : null,
            Direction = Chance(0.8) ? Any<string>(["in", "out"]) : null,
            MessageCount = Chance(0.9) ? random.Next(0, 5) : null,
            NoteCount = Chance(0.5) ? random.Next(0, 3) : null,
            CreatedAt = Chance(0.9) ? Any(FilterWorld.Moments) : null,
            UpdatedAt = Any(FilterWorld.Moments),
            LastActivityAt = Chance(0.5) ? Any(FilterWorld.Moments) : null,
            DeletedAt = Chance(0.1) ? FilterWorld.Viewer.Now : null,
            Channels = [.. Some("email", "chat", "Email", "odd'channel").Select(name => new TicketChannel { Channel = name })],
            Tags = [.. Some("tag-a", "tag-b", "tag-c").Select(name => new TicketTag { TagId = name })],
            Attributes = Chance(0.9) ? new TicketAttributes
            {
                Phase = Chance(0.5) ? Short(Any(FilterWorld.Texts)) : null,
                SlaStatus = Chance(0.5) ? Any<string>(["met", "breached"]) : null,
                EndedAt = Chance(0.5) ? Any(FilterWorld.Moments) : null,
                Spam = Chance(0.5) ? Chance(0.5) : null,
                Locale = Chance(0.5) ? Short(Any(FilterWorld.Texts)) : null,
                FirstResponseTime = Chance(0.5) ? Any(FilterWorld.Numbers) : null,
            } : null,
            Metadata = [.. fields.Where(field => field.InstanceId == instanceId && Chance(0.7)).Select(field => Value(field))],
        };

        bool Chance(double share) => random.NextDouble() < share;

        T Any<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

        IEnumerable<string> Some(params string[] values) => values.Where(_ => Chance(0.3));

        // One in eight does not fit its field.
        TicketMetadata Value(MetadataField field) => Chance(0.12) || field.Key is "satisfaction"
            ? field.Type is MetadataType.Text ? new TicketMetadata { FieldId = field.Id, NumberValue = Any(FilterWorld.Numbers) } : OfText(field)
            : field.Type switch
            {
                MetadataType.Text => OfText(field),
                MetadataType.Number => new TicketMetadata { FieldId = field.Id, NumberValue = Any(FilterWorld.Numbers) },
                MetadataType.Date => new TicketMetadata { FieldId = field.Id, DateValue = Any(FilterWorld.Moments) },
                MetadataType.Boolean => new TicketMetadata { FieldId = field.Id, NumberValue = random.Next(2) },
            };

        TicketMetadata OfText(MetadataField field)
        {
            var text = Any(FilterWorld.Texts);
            var isLong = text.Length > TicketMetadata.IndexedTextLength;
            return new TicketMetadata { FieldId = field.Id, TextValue = isLong ? text[..TicketMetadata.IndexedTextLength] : text, LongTextValue = isLong ? text : null };
        }
    }

    private static string Short(string text) => text.Length > 256 ? text[..256] : text;
}

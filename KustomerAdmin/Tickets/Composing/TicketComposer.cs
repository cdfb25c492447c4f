using KustomerAdmin.Audit;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Tickets.Attachments;
using KustomerAdmin.Tickets.Fetching;

namespace KustomerAdmin.Tickets.Composing;

/// <summary>Makes of Kustomer's records what one viewer is shown.</summary>
internal sealed class TicketComposer(StoredTicket ticket, Actor actor, AttachmentLinks links)
{
    public TicketView Compose(TicketRecords records)
    {
        var names = new TicketNames(records);
        var messages = records.Messages.To(IReadOnlyList<TimelineItem> (all) => [.. all.Select(sent => Item(sent, names))]);
        var notes = records.Notes.To(IReadOnlyList<TimelineItem> (all) => [.. all.Select(note => Item(note, names))]);

        // Of a ticket that was merged Kustomer answers with the other one: its metadata are not this one's.
        var live = records.Conversation.Value is { } answer && string.Equals(answer.Id, ticket.KustomerId, StringComparison.Ordinal) ? answer : null;
        return new TicketView(records)
        {
            Conversation = records.Conversation,
            Customer = records.Customer,
            Messages = messages,
            Notes = notes,
            Tags = TagsOf(records, live),
            Facts = live is null ? ticket.Facts : TicketFacts.Live(live, records.Fields.Value ?? [], names),
            Timeline = [.. (live is null ? [] : TicketEvents.Of(live, names)).Concat(messages.Value ?? []).Concat(notes.Value ?? []).OrderBy(item => item.At)],
            Sla = live is null ? null : SlaState.Of(live),
            Satisfaction = live is null ? null : Satisfaction.Of(live),
        };
    }

    /// <summary>The ticket's own tags; one whose name is not known is shown by its id.</summary>
    private static Part<IReadOnlyList<Tag>> TagsOf(TicketRecords records, Conversation? live)
    {
        if (live is null)
        {
            return records.Conversation.To(static IReadOnlyList<Tag> (_) => []);
        }

        var names = (records.Tags.Value ?? []).DistinctBy(tag => tag.Id, StringComparer.Ordinal).ToDictionary(tag => tag.Id, StringComparer.Ordinal);
        return new Part<IReadOnlyList<Tag>>(
            [.. live.Attributes.Items("tags").Select(static id => id.Text()).OfType<string>().Distinct(StringComparer.Ordinal).Select(id => names.GetValueOrDefault(id) ?? new Tag(id, null, null))],
            records.Tags.Problem) { Failure = records.Tags.Failure, RetryAt = records.Tags.RetryAt };
    }

    private TimelineItem Item(SentMessage sent, TicketNames names) => new()
    {
        Id = sent.Message.Id,
        Kind = sent.Message.IsInbound ? TimelineKind.Inbound : TimelineKind.Outbound,
        At = sent.Message.SentAt,
        Author = names.AuthorOf(sent.Message),
        Channel = sent.Message.Channel,
        Subject = sent.Message.Subject,
        Text = sent.Message.Text,
        HasFailed = sent.Message.HasFailed,
        Attachments = [.. sent.Attachments.Select(attachment => new TimelineAttachment(
            attachment.Id,
            AttachmentName.Clean(attachment.Name),
            attachment.Length,
            attachment.IsRedacted,
            AttachmentPreview.ClaimOf(attachment),
            new Lazy<string>(() => links.Seal(actor, new AttachmentLink(ticket.Id, sent.Message.Id, attachment.Id)))))],
    };

    private static TimelineItem Item(Note note, TicketNames names) => new()
    {
        Id = note.Id,
        Kind = TimelineKind.Note,
        At = note.CreatedAt,
        Author = names.AuthorOf(note),
        Text = note.Text,
    };
}

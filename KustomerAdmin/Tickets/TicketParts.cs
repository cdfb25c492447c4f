using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tickets;

/// <summary>Gathers the parts of a ticket; what fails becomes a part with a reason.</summary>
internal static class TicketParts
{
    public static async Task<Part<T>> TryAsync<T>(Func<Task<T>> fetchAsync)
        where T : class
    {
        try
        {
            return new Part<T>(await fetchAsync(), null);
        }
        catch (KustomerException exception)
        {
            return new Part<T>(null, exception.Message);
        }
    }

    public static async Task<IReadOnlyList<T>> AllAsync<T>(IAsyncEnumerable<RecordPage<T>> pages)
    {
        List<T> all = [];
        await foreach (var page in pages)
        {
            all.AddRange(page.Records);
        }

        return all;
    }

    public static async Task<IReadOnlyList<(Message Message, IReadOnlyList<Attachment> Attachments)>> AllMessagesAsync(IAsyncEnumerable<MessagePage> pages)
    {
        List<(Message, IReadOnlyList<Attachment>)> all = [];
        await foreach (var page in pages)
        {
            var attachments = page.Attachments.DistinctBy(attachment => attachment.Id, StringComparer.Ordinal).ToDictionary(attachment => attachment.Id, StringComparer.Ordinal);
            all.AddRange(page.Messages.Records.Select(message =>
                (message, (IReadOnlyList<Attachment>)[.. message.AttachmentIds.Select(id => attachments.GetValueOrDefault(id) ?? new Attachment { Id = id })])));
        }

        return all;
    }

    /// <summary>The ticket's own tags; one whose name is not known is shown by its id.</summary>
    public static Part<IReadOnlyList<Tag>> TagsOf(Part<Conversation> conversation, Part<IReadOnlyList<Tag>> tags)
    {
        if (conversation.Value is not { } live)
        {
            return new Part<IReadOnlyList<Tag>>(null, conversation.Problem);
        }

        var names = (tags.Value ?? []).DistinctBy(tag => tag.Id, StringComparer.Ordinal).ToDictionary(tag => tag.Id, StringComparer.Ordinal);
        return new Part<IReadOnlyList<Tag>>(
            [.. live.Attributes.Items("tags").Select(static id => id.Text()).OfType<string>().Select(id => names.GetValueOrDefault(id) ?? new Tag(id, null, null))],
            tags.Problem);
    }

    public static TicketView Without(string problem, StoredTicket ticket) => new()
    {
        Conversation = new(null, problem),
        Customer = new(null, problem),
        Messages = new(null, problem),
        Notes = new(null, problem),
        Tags = new(null, problem),
        Facts = ticket.Facts,
    };
}

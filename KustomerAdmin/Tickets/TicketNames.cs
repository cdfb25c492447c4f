using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tickets;

/// <summary>Puts names to the ids of people, and with them makes a timeline of messages and notes.</summary>
internal sealed class TicketNames
{
    private const string Nobody = "System";
    private readonly string _customer;
    private readonly Dictionary<string, string> _people;
    private readonly Func<string, string, string> _addressOf;

    /// <param name="addressOf">Where an attachment is downloaded, by its message's and its own id.</param>
    public TicketNames(Part<Customer> customer, Part<IReadOnlyList<User>> people, Func<string, string, string> addressOf)
    {
        _addressOf = addressOf;
        _customer = customer.Value?.Name is { Length: > 0 } name ? name : "Customer";
        _people = (people.Value ?? []).Where(person => !string.IsNullOrWhiteSpace(person.Name)).DistinctBy(person => person.Id, StringComparer.Ordinal)
            .ToDictionary(person => person.Id, person => person.Name!, StringComparer.Ordinal);
    }

    /// <summary>Names instead of the ids in a value such as a list of assigned people.</summary>
    public string Resolve(string text) =>
        string.Join(", ", text.Split(", ").Select(word => _people.GetValueOrDefault(word) ?? word));

    public Part<IReadOnlyList<TimelineItem>> Messages(Part<IReadOnlyList<(Message Message, IReadOnlyList<Attachment> Attachments)>> messages) =>
        new(messages.Value is null ? null : [.. messages.Value.Select(entry => Item(entry.Message, entry.Attachments))], messages.Problem);

    public Part<IReadOnlyList<TimelineItem>> Notes(Part<IReadOnlyList<Note>> notes) =>
        new(notes.Value is null ? null : [.. notes.Value.Select(Item)], notes.Problem);

    private TimelineItem Item(Message message, IReadOnlyList<Attachment> attachments) => new()
    {
        Id = message.Id,
        Kind = message.IsInbound ? TimelineKind.Inbound : TimelineKind.Outbound,
        At = message.SentAt,
        Author = message.IsInbound ? _customer : Person(message.CreatedById, "Automatic reply"),
        Channel = message.Channel,
        Subject = message.Subject,
        Text = message.Text,
        HasFailed = message.HasFailed,
        Attachments = [.. attachments.Select(attachment => new TimelineAttachment(attachment.Id, _addressOf(message.Id, attachment.Id), AttachmentName.Clean(attachment.Name), attachment.Length, attachment.IsRedacted))],
    };

    private TimelineItem Item(Note note) => new()
    {
        Id = note.Id,
        Kind = TimelineKind.Note,
        At = note.CreatedAt,
        Author = Person(note.CreatedById, Nobody),
        Text = note.Text,
    };

    private string Person(string? id, string nobody) => id is null ? nobody : _people.GetValueOrDefault(id) ?? "Former or unknown colleague";
}

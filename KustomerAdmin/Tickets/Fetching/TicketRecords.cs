using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tickets.Fetching;

/// <summary>What Kustomer has answered about an opened ticket so far. Several viewers may hold the same records, so nobody changes one.</summary>
internal sealed record TicketRecords
{
    public Part<Conversation> Conversation { get; init; } = Part<Conversation>.UnderWay;

    public Part<Customer> Customer { get; init; } = Part<Customer>.UnderWay;

    public Part<IReadOnlyList<SentMessage>> Messages { get; init; } = Part<IReadOnlyList<SentMessage>>.UnderWay;

    public Part<IReadOnlyList<Note>> Notes { get; init; } = Part<IReadOnlyList<Note>>.UnderWay;

    public Part<IReadOnlyList<User>> People { get; init; } = Part<IReadOnlyList<User>>.UnderWay;

    public Part<IReadOnlyList<Tag>> Tags { get; init; } = Part<IReadOnlyList<Tag>>.UnderWay;

    public Part<IReadOnlyList<FieldDefinition>> Fields { get; init; } = Part<IReadOnlyList<FieldDefinition>>.UnderWay;

    public Part<IReadOnlyList<Team>> Teams { get; init; } = Part<IReadOnlyList<Team>>.UnderWay;

    public Part Of(TicketPart part) => part switch
    {
        TicketPart.Conversation => Conversation,
        TicketPart.Customer => Customer,
        TicketPart.Messages => Messages,
        TicketPart.Notes => Notes,
        TicketPart.People => People,
        TicketPart.Tags => Tags,
        TicketPart.Fields => Fields,
        TicketPart.Teams => Teams,
    };

    /// <summary>A part is about to be asked for, or asked for again.</summary>
    public TicketRecords Begin(TicketPart part) => part switch
    {
        TicketPart.Conversation => this with { Conversation = Part<Conversation>.UnderWay },
        TicketPart.Customer => this with { Customer = Part<Customer>.UnderWay },
        TicketPart.Messages => this with { Messages = Part<IReadOnlyList<SentMessage>>.UnderWay },
        TicketPart.Notes => this with { Notes = Part<IReadOnlyList<Note>>.UnderWay },
        TicketPart.People => this with { People = Part<IReadOnlyList<User>>.UnderWay },
        TicketPart.Tags => this with { Tags = Part<IReadOnlyList<Tag>>.UnderWay },
        TicketPart.Fields => this with { Fields = Part<IReadOnlyList<FieldDefinition>>.UnderWay },
        TicketPart.Teams => this with { Teams = Part<IReadOnlyList<Team>>.UnderWay },
    };

    /// <summary>Nothing is asked for again by itself.</summary>
    public TicketRecords WithoutRetry() => this with
    {
        Conversation = Conversation with { RetryAt = null },
        Customer = Customer with { RetryAt = null },
        Messages = Messages with { RetryAt = null },
        Notes = Notes with { RetryAt = null },
        People = People with { RetryAt = null },
        Tags = Tags with { RetryAt = null },
        Fields = Fields with { RetryAt = null },
        Teams = Teams with { RetryAt = null },
    };

    /// <summary>Nothing was asked.</summary>
    public static TicketRecords Without(string problem, PartFailure failure) => new()
    {
        Conversation = Missing<Conversation>(problem, failure),
        Customer = Missing<Customer>(problem, failure),
        Messages = Missing<IReadOnlyList<SentMessage>>(problem, failure),
        Notes = Missing<IReadOnlyList<Note>>(problem, failure),
        People = Missing<IReadOnlyList<User>>(problem, failure),
        Tags = Missing<IReadOnlyList<Tag>>(problem, failure),
        Fields = Missing<IReadOnlyList<FieldDefinition>>(problem, failure),
        Teams = Missing<IReadOnlyList<Team>>(problem, failure),
    };

    private static Part<T> Missing<T>(string problem, PartFailure failure)
        where T : class => new(null, problem) { Failure = failure };
}

/// <summary>A message with what its answer says of its attachments.</summary>
internal sealed record SentMessage(Message Message, IReadOnlyList<Attachment> Attachments);

using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Usage;

namespace KustomerAdmin.Tickets.Fetching;

/// <summary>Asks Kustomer for the parts of one ticket, all at once, for one viewer. What fails becomes a part with a reason.</summary>
internal sealed class TicketFetch(
    StoredTicket ticket,
    InstanceAccess access,
    InstanceClients clients,
    SharedFetches shared,
    TicketCatalogs catalogs,
    RequestCause cause,
    TicketMeter meter,
    TicketRecords records,
    Action<TicketRecords> onProgress)
{
    /// <summary>Catalogues that one view may ask for: with the ticket's own four requests that is what a view may cost.</summary>
    private const int MostCatalogs = 3;

    private readonly Lock _gate = new();
    private TicketRecords _records = records;

    /// <summary>
    /// What a first view asks for. Teams come last: where all other names have to be asked for too they wait for the next ticket, and until then are
    /// shown by their ids.
    /// </summary>
    public static IReadOnlyList<TicketPart> PartsOf(StoredTicket ticket, InstanceAccess access, TicketCatalogs catalogs)
    {
        List<TicketPart> parts = [TicketPart.Conversation, TicketPart.Customer, TicketPart.Messages, TicketPart.Notes, TicketPart.People, TicketPart.Tags, TicketPart.Fields];
        if (catalogs.Has(access, TicketPart.Teams) || (ticket.NamesTeams && parts.Count(part => IsCatalog(part) && !catalogs.Has(access, part)) < MostCatalogs))
        {
            parts.Add(TicketPart.Teams);
        }

        return parts;
    }

    public async Task<TicketRecords> RunAsync(IReadOnlyCollection<TicketPart> parts, CancellationToken cancellationToken)
    {
        await Task.WhenAll(parts.Select(part => FetchAsync(part, cancellationToken)));

        // After an outage one request finds out whether Kustomer answers again. It does: those beside it were refused unsent.
        var unsent = parts.Where(part => _records.Of(part).Failure is PartFailure.NotAsked).ToList();
        if (unsent.Count > 0 && parts.Any(part => _records.Of(part).Problem is null))
        {
            await Task.WhenAll(unsent.Select(part => FetchAsync(part, cancellationToken)));
        }

        return _records;
    }

    private static bool IsCatalog(TicketPart part) => part is TicketPart.People or TicketPart.Tags or TicketPart.Fields or TicketPart.Teams;

    private Task FetchAsync(TicketPart part, CancellationToken cancellationToken) => part switch
    {
        TicketPart.Conversation => FetchAsync(part, (client, leaving) => client.GetConversationAsync(ticket.KustomerId, leaving), (all, it) => all with { Conversation = it }, cancellationToken),
        TicketPart.Customer => FetchCustomerAsync(cancellationToken),
        TicketPart.Messages => FetchAsync(part, (client, leaving) => AllMessagesAsync(client.GetMessagesAsync(ticket.KustomerId, ticket.MessageCount ?? 0, leaving)), (all, it) => all with { Messages = it }, cancellationToken),
        TicketPart.Notes => FetchAsync(part, (client, leaving) => AllNotesAsync(client.GetNotesAsync(ticket.KustomerId, leaving)), (all, it) => all with { Notes = it }, cancellationToken),
        TicketPart.People => FetchAsync(part, (client, leaving) => AllAsync(client.GetUsersAsync(leaving)), (all, it) => all with { People = it }, cancellationToken),
        TicketPart.Tags => FetchAsync(part, (client, leaving) => AllAsync(client.GetTagsAsync(leaving)), (all, it) => all with { Tags = it }, cancellationToken),
        TicketPart.Fields => FetchAsync(part, (client, leaving) => client.GetConversationFieldsAsync(leaving), (all, it) => all with { Fields = it }, cancellationToken),
        TicketPart.Teams => FetchAsync(part, (client, leaving) => AllAsync(client.GetTeamsAsync(leaving)), (all, it) => all with { Teams = it }, cancellationToken),
    };

    private Task FetchCustomerAsync(CancellationToken cancellationToken)
    {
        if (ticket.CustomerKustomerId is { } id)
        {
            return FetchAsync(TicketPart.Customer, (client, leaving) => client.GetCustomerAsync(id, leaving), (all, it) => all with { Customer = it }, cancellationToken);
        }

        Put(all => all with { Customer = new Part<Kustomer.Models.Customer>(null, "Kustomer names no customer for this ticket.") });
        return Task.CompletedTask;
    }

    private async Task FetchAsync<T>(TicketPart part, Func<KustomerClient, CancellationToken, Task<T>> askAsync, Func<TicketRecords, Part<T>, TicketRecords> put, CancellationToken cancellationToken)
        where T : class
    {
        var line = meter.Begin(part);
        if (IsCatalog(part) && catalogs.Find<T>(access, part) is { } known)
        {
            line.End(MeterState.Remembered);
            Put(all => put(all, new Part<T>(known, null)));
            return;
        }

        Part<T> outcome;
        try
        {
            var key = new FetchKey(access.InstanceId, access.Envelope, IsCatalog(part) ? null : ticket.KustomerId, part);
            outcome = new Part<T>(await shared.JoinAsync(key, leaving => AskAsync(part, line, askAsync, leaving), line.Share, cancellationToken), null);
        }
        catch (KustomerException exception)
        {
            outcome = Part<T>.Of(exception);
        }

        line.End(outcome.Value is null ? MeterState.Failed : MeterState.Answered);
        Put(all => put(all, outcome));
    }

    private async Task<T> AskAsync<T>(TicketPart part, MeterLine line, Func<KustomerClient, CancellationToken, Task<T>> askAsync, CancellationToken leaving)
        where T : class
    {
        using var client = clients.Open(access, cause, line.Requested);
        var value = await askAsync(client, leaving);
        if (IsCatalog(part))
        {
            catalogs.Keep(access, part, value);
        }

        return value;
    }

    private void Put(Func<TicketRecords, TicketRecords> change)
    {
        lock (_gate)
        {
            _records = change(_records);
            onProgress(_records);
        }
    }

    private static async Task<IReadOnlyList<T>> AllAsync<T>(IAsyncEnumerable<RecordPage<T>> pages)
    {
        List<T> all = [];
        await foreach (var page in pages)
        {
            all.AddRange(page.Records);
        }

        return all;
    }

    /// <summary>A note that is written while pages are read may bring another one twice.</summary>
    private static async Task<IReadOnlyList<Note>> AllNotesAsync(IAsyncEnumerable<RecordPage<Note>> pages) =>
        [.. (await AllAsync(pages)).DistinctBy(note => note.Id, StringComparer.Ordinal)];

    private static async Task<IReadOnlyList<SentMessage>> AllMessagesAsync(IAsyncEnumerable<MessagePage> pages)
    {
        List<SentMessage> all = [];
        await foreach (var page in pages)
        {
            var attachments = page.Attachments.DistinctBy(attachment => attachment.Id, StringComparer.Ordinal).ToDictionary(attachment => attachment.Id, StringComparer.Ordinal);
            all.AddRange(page.Messages.Records.Select(message =>
                new SentMessage(message, [.. message.AttachmentIds.Select(id => attachments.GetValueOrDefault(id) ?? new Attachment { Id = id })])));
        }

        // A message that arrives while pages are read may stand on two of them.
        return [.. all.DistinctBy(sent => sent.Message.Id, StringComparer.Ordinal)];
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets;

/// <summary>
/// Opens a ticket: first the record of who looks, then its details from Kustomer, all requests at once. What comes back is handed to the
/// page and kept nowhere.
/// </summary>
public sealed class TicketViewer(
    IDbContextFactory<AppDbContext> contexts,
    CurrentAdmin currentAdmin,
    AuditLog audit,
    InstanceClients clients,
    KustomerClientFactory kustomer,
    AttachmentLinks links)
{
    private const string NoCredentials = "This instance is not connected, so Kustomer cannot be asked. Its credentials can be entered on the Integrations page.";

    /// <returns>Null when no such ticket is stored.</returns>
    public async Task<StoredTicket?> FindAsync(long ticketId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ticket = await db.Tickets.AsNoTracking().Where(ticket => ticket.Id == ticketId)
            .Select(ticket => new
            {
                Ticket = ticket,
                Channels = ticket.Channels.Select(channel => channel.Channel).ToList(),
                CustomerKustomerId = ticket.Customer!.KustomerId,
                ticket.Customer.ConversationCount,
                Instance = db.Instances.First(instance => instance.Id == ticket.InstanceId),
            })
            .FirstOrDefaultAsync(cancellationToken);
        return ticket is null ? null : new StoredTicket
        {
            Id = ticketId,
            InstanceId = ticket.Instance.Id,
            Instance = ticket.Instance.Name,
            Subdomain = ticket.Instance.Subdomain,
            KustomerId = ticket.Ticket.KustomerId,
            CustomerKustomerId = ticket.CustomerKustomerId,
            Subject = ticket.Ticket.Subject,
            Status = ticket.Ticket.Status,
            Priority = ticket.Ticket.Priority,
            Channels = ticket.Channels,
            CreatedAt = ticket.Ticket.CreatedAt,
            UpdatedAt = ticket.Ticket.UpdatedAt,
            DeletedAt = ticket.Ticket.DeletedAt,
            CustomerConversations = ticket.ConversationCount,
            Facts = await TicketFacts.StoredAsync(db, ticketId, cancellationToken),
            NotStored = await db.MetadataFields.Where(field => field.InstanceId == ticket.Instance.Id && field.Storage != FieldStorage.Stored).Select(field => field.Key).ToListAsync(cancellationToken),
            PortalAddress = ticket.CustomerKustomerId is { } customer && Subdomain.TryParse(ticket.Instance.Subdomain, out var subdomain)
                ? kustomer.PortalAddress(subdomain, customer, ticket.Ticket.KustomerId)
                : null,
        };
    }

    /// <summary>Fetches the details. Each part fails on its own; <paramref name="meter"/> counts what it cost.</summary>
    public async Task<TicketView> OpenAsync(StoredTicket ticket, RequestMeter meter, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await audit.WriteAsync(actor, AuditActions.TicketOpened, $"{ticket.Instance} {ticket.KustomerId}", AuditOutcome.Succeeded, null, cancellationToken);
        using var client = await clients.OpenAsync(ticket.InstanceId, new RequestCause(RequestPurpose.OpenedTicket) { CausedBy = actor.Name, TicketId = ticket.Id }, meter, cancellationToken);
        try
        {
            return client is null ? TicketParts.Without(NoCredentials, ticket) : await FetchAsync(client, ticket, actor, cancellationToken);
        }
        finally
        {
            await CountAsync(ticket.InstanceId, meter.Sent);
        }
    }

    private async Task<TicketView> FetchAsync(KustomerClient client, StoredTicket ticket, Actor actor, CancellationToken cancellationToken)
    {
        var conversation = TicketParts.TryAsync(() => client.GetConversationAsync(ticket.KustomerId, cancellationToken));
        var customer = ticket.CustomerKustomerId is { } customerId
            ? TicketParts.TryAsync(() => client.GetCustomerAsync(customerId, cancellationToken))
            : Task.FromResult(new Part<Kustomer.Models.Customer>(null, "Kustomer names no customer for this ticket."));
        var messages = TicketParts.TryAsync(() => TicketParts.AllMessagesAsync(client.GetMessagesAsync(ticket.KustomerId, cancellationToken)));
        var notes = TicketParts.TryAsync(() => TicketParts.AllAsync(client.GetNotesAsync(ticket.KustomerId, cancellationToken)));
        var tags = TicketParts.TryAsync(() => TicketParts.AllAsync(client.GetTagsAsync(cancellationToken)));
        var fields = TicketParts.TryAsync(() => client.GetConversationFieldsAsync(cancellationToken));
        var people = TicketParts.TryAsync(() => TicketParts.AllAsync(client.GetUsersAsync(cancellationToken)));
        await Task.WhenAll(conversation, customer, messages, notes, tags, fields, people);

        var names = new TicketNames(await customer, await people, (messageId, attachmentId) =>
            TicketEndpoints.AttachmentAddress(links.Seal(actor, new AttachmentLink(ticket.Id, messageId, attachmentId))));
        return new TicketView
        {
            Conversation = await conversation,
            Customer = await customer,
            Messages = names.Messages(await messages),
            Notes = names.Notes(await notes),
            Tags = TicketParts.TagsOf(await conversation, await tags),
            Facts = (await conversation).Value is { } live ? TicketFacts.Live(live, (await fields).Value ?? [], names) : ticket.Facts,
        };
    }

    internal async Task CountAsync(long instanceId, int requests)
    {
        // Not cancellable: the requests were sent, whoever still looks.
        await using var db = await contexts.CreateDbContextAsync();
        await db.Instances.Where(instance => instance.Id == instanceId)
            .ExecuteUpdateAsync(set => set.SetProperty(instance => instance.RequestCount, instance => instance.RequestCount + requests));
    }
}

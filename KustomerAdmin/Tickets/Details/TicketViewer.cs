using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Tickets.Attachments;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Details;

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
    AttachmentLinks links,
    SharedFetches shared,
    TicketCatalogs catalogs)
{
    private const string NotConnected = "This instance is not connected, so Kustomer cannot be asked.";

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
            MessageCount = ticket.Ticket.MessageCount,
            Facts = await TicketFacts.StoredAsync(db, ticketId, cancellationToken),
            NotStored = await db.MetadataFields.Where(field => field.InstanceId == ticket.Instance.Id && field.Storage != FieldStorage.Stored).Select(field => field.Key).ToListAsync(cancellationToken),
            PortalAddress = ticket.CustomerKustomerId is { } customer && Subdomain.TryParse(ticket.Instance.Subdomain, out var subdomain)
                ? kustomer.PortalAddress(subdomain, customer, ticket.Ticket.KustomerId)
                : null,
        };
    }

    /// <summary>Fetches the details, telling what has come each time a part ends. Each part fails on its own.</summary>
    public async Task<TicketView> OpenAsync(StoredTicket ticket, TicketMeter meter, Action<TicketView>? onProgress, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await RecordAsync(actor, ticket, null, cancellationToken);
        return await FetchAsync(actor, ticket, new TicketRecords(), access => TicketFetch.PartsOf(ticket, access, catalogs), meter, onProgress, cancellationToken);
    }

    /// <summary>Fetches some parts of an opened ticket again, and nothing else of it.</summary>
    public async Task<TicketView> RetryAsync(
        StoredTicket ticket, TicketView view, IReadOnlyCollection<TicketPart> parts, TicketMeter meter, Action<TicketView>? onProgress, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await RecordAsync(actor, ticket, "Again: " + string.Join(", ", parts).ToLowerInvariant(), cancellationToken);
        return await FetchAsync(actor, ticket, parts.Aggregate(view.Records, static (records, part) => records.Begin(part)), _ => parts, meter, onProgress, cancellationToken);
    }

    private Task RecordAsync(Actor actor, StoredTicket ticket, string? detail, CancellationToken cancellationToken) =>
        audit.WriteAsync(actor, AuditActions.TicketOpened, $"{ticket.Instance} {ticket.KustomerId}", AuditOutcome.Succeeded, detail, cancellationToken);

    private async Task<TicketView> FetchAsync(
        Actor actor,
        StoredTicket ticket,
        TicketRecords records,
        Func<InstanceAccess, IReadOnlyCollection<TicketPart>> partsOf,
        TicketMeter meter,
        Action<TicketView>? onProgress,
        CancellationToken cancellationToken)
    {
        var composer = new TicketComposer(ticket, actor, links);
        if (await clients.ReadAccessAsync(ticket.InstanceId, cancellationToken) is not { } access)
        {
            return composer.Compose(TicketRecords.Without(NotConnected, PartFailure.NotConnected)) with { IsComplete = true };
        }

        var cause = new RequestCause(RequestPurpose.OpenedTicket) { CausedBy = actor.Name, TicketId = ticket.Id };
        onProgress?.Invoke(composer.Compose(records));
        var fetch = new TicketFetch(ticket, access, clients, shared, catalogs, cause, meter, records, so => onProgress?.Invoke(composer.Compose(so)));
        var view = composer.Compose(await fetch.RunAsync(partsOf(access), cancellationToken)) with { IsComplete = true };
        return view.Conversation.Value is { } answer && !string.Equals(answer.Id, ticket.KustomerId, StringComparison.Ordinal)
            ? view with { Survivor = await FindSurvivorAsync(ticket, answer, access, cancellationToken) }
            : view;
    }

    private async Task<Survivor> FindSurvivorAsync(StoredTicket ticket, Conversation answer, InstanceAccess access, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await db.Tickets.Where(other => other.InstanceId == ticket.InstanceId && other.KustomerId == answer.Id).Select(other => (long?)other.Id).FirstOrDefaultAsync(cancellationToken);
        return new Survivor(answer.Id, stored, answer.CustomerId is { } customer ? kustomer.PortalAddress(access.Subdomain, customer, answer.Id) : null);
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tickets;

/// <summary>Opens an attachment when somebody asks for it: one request to Kustomer for its address, then the bytes stream through.</summary>
public sealed class TicketAttachments(CurrentAdmin currentAdmin, AuditLog audit, TicketViewer viewer, InstanceClients clients, AttachmentSource source)
{
    /// <returns>Null when no such ticket is stored.</returns>
    /// <exception cref="AttachmentException">Why it cannot be opened.</exception>
    public async Task<OpenedAttachment?> OpenAsync(long ticketId, string messageId, string attachmentId, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        if (await viewer.FindAsync(ticketId, cancellationToken) is not { } ticket)
        {
            return null;
        }

        try
        {
            using var client = await clients.OpenAsync(ticket.InstanceId, new RequestMeter(), cancellationToken) ?? throw new AttachmentException(AttachmentProblem.NotAvailable);
            var opened = await OpenAsync(client, messageId, attachmentId, isRetry: false, cancellationToken);
            await audit.WriteAsync(actor, AuditActions.AttachmentOpened, $"{ticket.Instance} {ticket.KustomerId}", AuditOutcome.Succeeded, $"Attachment {attachmentId}", cancellationToken);
            return opened;
        }
        catch (Exception exception) when (exception is AttachmentException or KustomerException or ArgumentException)
        {
            await audit.WriteAsync(actor, AuditActions.AttachmentOpened, $"{ticket.Instance} {ticket.KustomerId}", AuditOutcome.Failed, exception is ArgumentException ? "Not an attachment's address" : exception.Message, cancellationToken);
            throw exception is AttachmentException ? exception : new AttachmentException(AttachmentProblem.NotAvailable);
        }
    }

    private async Task<OpenedAttachment> OpenAsync(KustomerClient client, string messageId, string attachmentId, bool isRetry, CancellationToken cancellationToken)
    {
        var attachment = await client.GetAttachmentAsync(messageId, attachmentId, cancellationToken);
        if (attachment.IsRedacted || attachment.Source is null)
        {
            throw new AttachmentException(attachment.IsRedacted ? AttachmentProblem.Redacted : AttachmentProblem.NotAvailable);
        }

        try
        {
            return new OpenedAttachment(AttachmentName.Clean(attachment.Name), await source.OpenAsync(attachment.Source, cancellationToken));
        }
        catch (AttachmentException exception) when (exception.Problem is AttachmentProblem.LinkExpired && !isRetry)
        {
            // The address is good for minutes only; a fresh one is fetched once.
            return await OpenAsync(client, messageId, attachmentId, isRetry: true, cancellationToken);
        }
    }
}

/// <summary>An attachment ready to stream under a safe name.</summary>
public sealed record OpenedAttachment(string Name, AttachmentBytes Bytes);

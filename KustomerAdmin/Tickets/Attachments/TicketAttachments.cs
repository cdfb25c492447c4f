using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Usage;

namespace KustomerAdmin.Tickets.Attachments;

/// <summary>Opens an attachment when somebody asks for it: one request to Kustomer for its address, then the bytes stream through.</summary>
public sealed class TicketAttachments(CurrentAdmin currentAdmin, AuditLog audit, AttachmentLinks links, TicketViewer viewer, InstanceClients clients, AttachmentSource source)
{
    /// <param name="purpose">What it is opened for, for the audit log.</param>
    /// <param name="link">As <see cref="AttachmentLinks"/> sealed it when the ticket was opened.</param>
    /// <returns>Null when the link is not this admin's, or its ticket is gone.</returns>
    /// <exception cref="AttachmentException">Why it cannot be opened.</exception>
    public async Task<OpenedAttachment?> OpenAsync(string link, string purpose, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        if (links.Open(actor, link) is not var (ticketId, messageId, attachmentId) || await viewer.FindAsync(ticketId, cancellationToken) is not { } ticket)
        {
            return null;
        }

        var meter = new RequestMeter();
        OpenedAttachment opened;
        try
        {
            using var client = await clients.OpenAsync(ticket.InstanceId, new RequestCause(RequestPurpose.Attachment) { CausedBy = actor.Name, TicketId = ticket.Id }, meter, cancellationToken) ?? throw new AttachmentException(AttachmentProblem.NotAvailable);
            opened = await OpenAsync(client, messageId, attachmentId, isRetry: false, cancellationToken);
        }
        catch (Exception exception) when (exception is AttachmentException or KustomerException or ArgumentException)
        {
            await RecordAsync(AuditOutcome.Failed, exception is ArgumentException ? "Not an attachment's address" : exception.Message);
            throw exception is AttachmentException ? exception : new AttachmentException(AttachmentProblem.NotAvailable);
        }
        catch (OperationCanceledException) when (meter.Sent > 0)
        {
            await RecordAsync(AuditOutcome.Failed, $"{purpose} of attachment {attachmentId} was given up before it came");
            throw;
        }

        try
        {
            await RecordAsync(AuditOutcome.Succeeded, $"{purpose} of attachment {attachmentId}");
            return opened;
        }
        catch
        {
            opened.Bytes.Dispose();
            throw;
        }

        // Not cancellable: whoever hangs up has opened it all the same.
        Task RecordAsync(AuditOutcome outcome, string detail) =>
            audit.WriteAsync(actor, AuditActions.AttachmentOpened, $"{ticket.Instance} {ticket.KustomerId}", outcome, detail, CancellationToken.None);
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

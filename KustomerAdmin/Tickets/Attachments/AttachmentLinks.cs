using System.Security.Cryptography;
using System.Text.Json;
using KustomerAdmin.Audit;
using Microsoft.AspNetCore.DataProtection;

namespace KustomerAdmin.Tickets.Attachments;

/// <summary>An attachment of a ticket that was opened.</summary>
public sealed record AttachmentLink(long TicketId, string MessageId, string AttachmentId);

/// <summary>
/// Addresses of attachments. Each is sealed when its ticket is opened, for the admin who opened it and for the length of a session: what the
/// audit log says of a download is true, and an address handed to somebody else leads nowhere.
/// </summary>
public sealed class AttachmentLinks(IDataProtectionProvider protection)
{
    private static readonly TimeSpan s_life = TimeSpan.FromHours(8);

    internal string Seal(Actor admin, AttachmentLink link) => ProtectorOf(admin).Protect(JsonSerializer.Serialize(link), s_life);

    /// <returns>Null when the text was not sealed for this admin, or its time is over.</returns>
    internal AttachmentLink? Open(Actor admin, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<AttachmentLink>(ProtectorOf(admin).Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector ProtectorOf(Actor admin) =>
        protection.CreateProtector("KustomerAdmin.Tickets.AttachmentLinks", admin.Id ?? throw new ArgumentException("Only an admin opens tickets.", nameof(admin))).ToTimeLimitedDataProtector();
}

using System.Globalization;
using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Writing;

/// <summary>The attachment resource. Its "related" address works without a key and for ten minutes, as a pre-signed storage address does.</summary>
internal sealed class AttachmentWriter(OrganizationStore store, Uri baseAddress, DateTimeOffset now)
{
    public const int LifetimeSeconds = 600;

    public static string Signature(string subdomain, string id, long expiresAt) =>
        SignedToken.Sign(string.Create(CultureInfo.InvariantCulture, $"{subdomain}/{id}/{expiresAt}"));

    public void Write(ApiJson json, Attachment attachment) => Write(json, attachment, hasAddress: true);

    /// <summary>Side-loaded attachments come without an address for their bytes.</summary>
    public void WriteIncluded(ApiJson json, Attachment attachment) => Write(json, attachment, hasAddress: false);

    private void Write(ApiJson json, Attachment attachment, bool hasAddress)
    {
        var writer = json.Out;
        writer.WriteStartObject();
        writer.WriteString("type"u8, "attachment"u8);
        json.Id("id"u8, attachment.Id);
        writer.WriteStartObject("attributes"u8);
        writer.WriteString("name"u8, attachment.Sample.Name);
        writer.WriteString("contentType"u8, attachment.Sample.ContentType);
        writer.WriteNumber("contentLength"u8, AttachmentFiles.Length(attachment));
        writer.WriteBoolean("redacted"u8, attachment.Sample.IsRedacted);
        json.Time("createdAt"u8, attachment.CreatedAt);
        json.Time("updatedAt"u8, attachment.CreatedAt);
        writer.WriteEndObject();
        writer.WriteStartObject("relationships"u8);
        json.Relation("org"u8, "org"u8, "orgs"u8, store.Id);
        json.Relation("message"u8, "message"u8, "messages"u8, attachment.MessageId);
        writer.WriteEndObject();
        writer.WriteStartObject("links"u8);
        writer.WriteString("self"u8, $"/v1/messages/{attachment.MessageId}/attachments/{attachment.Id}");
        if (hasAddress && !attachment.Sample.IsRedacted)
        {
            writer.WriteString("related"u8, attachment.Sample.ExternalAddress ?? Address(attachment));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private string Address(Attachment attachment)
    {
        var expiresAt = now.ToUnixTimeSeconds() + LifetimeSeconds;
        var id = attachment.Id.ToString();
        var signature = Signature(store.Subdomain, id, expiresAt);
        var date = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"files/{store.Subdomain}/{id}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date={date}&X-Amz-Expires={LifetimeSeconds}&until={expiresAt}&X-Amz-Signature={signature}");
        return new Uri(baseAddress, path).AbsoluteUri;
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>What stands outside Kustomer's API: the storage with the bytes of attachments, and a page in place of Kustomer's own console.</summary>
internal static class FileEndpoints
{
    private const string Denied =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";

    public static void Map(IEndpointRouteBuilder endpoints, SandboxState state)
    {
        endpoints.MapMethods("/files/{subdomain}/{id}", ["GET", "HEAD"], http => FileAsync(http, state));
        endpoints.MapMethods("/portal/{subdomain}/app/customers/{customerId}/event/{id}", ["GET"], PortalAsync);
    }

    private static async Task FileAsync(HttpContext http, SandboxState state)
    {
        var subdomain = (string)http.Request.RouteValues["subdomain"]!;
        var id = (string)http.Request.RouteValues["id"]!;
        _ = long.TryParse(http.Request.Query["until"], CultureInfo.InvariantCulture, out var until);
        var isSigned = string.Equals(AttachmentWriter.Signature(subdomain, id, until), http.Request.Query["X-Amz-Signature"], StringComparison.Ordinal);
        if (!isSigned || until < state.Options.Clock.GetUtcNow().ToUnixTimeSeconds()
            || state.Find(subdomain) is not { } organization || !ObjectId.TryParse(id, out var parsed)
            || Attachments.Find(organization.Store, parsed) is not { Sample.IsRedacted: false } attachment)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            http.Response.ContentType = "application/xml";
            await http.Response.WriteAsync(Denied, http.RequestAborted);
            return;
        }

        http.Response.ContentType = attachment.Sample.ContentType;
        http.Response.ContentLength = AttachmentFiles.Length(attachment);
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await AttachmentFiles.WriteAsync(attachment, http.Response.Body, http.RequestAborted);
        }
    }

    private static Task PortalAsync(HttpContext http)
    {
        var encode = HtmlEncoder.Default;
        var subdomain = encode.Encode((string)http.Request.RouteValues["subdomain"]!);
        var id = encode.Encode((string)http.Request.RouteValues["id"]!);
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(
            $"<!doctype html><html lang=en><meta charset=utf-8><title>Kustomer ({subdomain})</title><body style=\"font-family:sans-serif;margin:3rem\">"
            + $"<h1>Kustomer, organisation {subdomain}</h1><p>The sandbox shows this page in place of Kustomer's own console.</p><p>Conversation <code>{id}</code></p></body></html>",
            http.RequestAborted);
    }
}

using System.Net.Mime;
using KustomerAdmin.Identity;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Tickets.Attachments;
using KustomerAdmin.Tickets.Exporting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace KustomerAdmin.Tickets;

public static class TicketEndpoints
{
    /// <summary>What comes as a download may do nothing, whoever opens it.</summary>
    private const string Powerless = "sandbox; default-src 'none'; frame-ancestors 'none'";

    public static void MapTickets(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/attachments/{link}", DownloadAsync).RequireAdmin();
        endpoints.MapGet("/attachments/{link}/{kind}", ShowAsync).RequireAdmin();
        endpoints.MapGet("/exports/{key}", ExportAsync).RequireAdmin();
    }

    internal static string ExportAddress(RunningExport export) => $"exports/{export.Key}";

    internal static string AttachmentAddress(string link) => $"attachments/{link}";

    internal static string PreviewAddress(string link, PreviewKind kind) => $"attachments/{link}/{kind.ToString().ToLowerInvariant()}";

    /// <summary>Always as a download of unknown bytes, whatever the sender calls them.</summary>
    private static Task<IResult> DownloadAsync(string link, TicketAttachments attachments, HttpContext context) => OpenAsync(
        link,
        "Download",
        attachments,
        context,
        async opened =>
        {
            SetFile(context.Response, opened, "attachment", MediaTypeNames.Application.Octet, Powerless);
            await opened.Bytes.CopyToAsync(context.Response.Body, context.RequestAborted);
        },
        exception => new RazorComponentResult<AttachmentProblemPage>(new { exception.Message, exception.Address }));

    /// <summary>For a frame of the ticket's page and nothing else: what it is decide its bytes, what it may do decides the policy.</summary>
    private static async Task<IResult> ShowAsync(string link, string kind, TicketAttachments attachments, HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = PreviewFrame.Policy;
        if (!Enum.TryParse<PreviewKind>(kind, ignoreCase: true, out var claim) || claim is PreviewKind.None || context.Request.Headers["Sec-Fetch-Dest"] is not ([] or ["iframe"]))
        {
            return TypedResults.NotFound();
        }

        return await OpenAsync(
            link,
            "Preview",
            attachments,
            context,
            async opened =>
            {
                var head = await opened.Bytes.ReadHeadAsync(context.RequestAborted);
                var (found, mediaType) = AttachmentPreview.Recognize(head.Span);
                if (head.IsEmpty || found != claim)
                {
                    throw new AttachmentException(head.IsEmpty ? AttachmentProblem.Empty : AttachmentProblem.NotShown);
                }

                if (found is PreviewKind.Image)
                {
                    await PreviewFrame.WriteImageAsync(context, opened, mediaType);
                    return;
                }

                SetFile(context.Response, opened, "inline", mediaType, PreviewFrame.Policy);
                await opened.Bytes.CopyToAsync(context.Response.Body, context.RequestAborted);
            },
            exception => Results.Content(PreviewFrame.Sentence(exception), "text/html; charset=utf-8"));
    }

    private static async Task<IResult> OpenAsync(
        string link, string purpose, TicketAttachments attachments, HttpContext context, Func<OpenedAttachment, Task> sendAsync, Func<AttachmentException, IResult> explain)
    {
        try
        {
            if (await attachments.OpenAsync(link, purpose, context.RequestAborted) is not { } opened)
            {
                return TypedResults.NotFound();
            }

            using (opened.Bytes)
            {
                await sendAsync(opened);
                return TypedResults.Empty;
            }
        }
        catch (AttachmentException) when (context.Response.HasStarted)
        {
            // Part of the file is out: only a broken connection tells the browser that it is not whole.
            context.Abort();
            return TypedResults.Empty;
        }
        catch (AttachmentException exception)
        {
            context.Response.Headers.Remove(HeaderNames.ContentDisposition);
            context.Response.Headers.Remove(HeaderNames.ContentLength);
            context.Response.StatusCode = StatusOf(exception.Problem);
            return explain(exception);
        }
    }

    /// <summary>It changes nothing, and its address works once: a GET, so that the browser downloads it like any file.</summary>
    private static async Task<IResult> ExportAsync(string key, TicketExport exports, HttpContext context)
    {
        if (await exports.CollectAsync(key, context.Abort, context.RequestAborted) is not { } export)
        {
            return TypedResults.NotFound();
        }

        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(export.Order.FileName);
        context.Response.ContentType = "text/csv; charset=utf-8; header=present";
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.ContentSecurityPolicy = Powerless;
        await exports.WriteAsync(export, context.Response.BodyWriter, context.RequestAborted);
        return TypedResults.Empty;
    }

    private static void SetFile(HttpResponse response, OpenedAttachment opened, string disposition, string mediaType, string policy)
    {
        var offer = new ContentDispositionHeaderValue(disposition);
        offer.SetHttpFileName(opened.Name);
        response.ContentType = mediaType;
        response.ContentLength = opened.Bytes.Length;
        response.Headers.ContentDisposition = offer.ToString();
        response.Headers.ContentSecurityPolicy = policy;
    }

    private static int StatusOf(AttachmentProblem problem) => problem switch
    {
        AttachmentProblem.TooLarge => StatusCodes.Status413PayloadTooLarge,
        AttachmentProblem.External or AttachmentProblem.Redacted => StatusCodes.Status404NotFound,
        AttachmentProblem.Empty => StatusCodes.Status200OK,
        AttachmentProblem.NotShown => StatusCodes.Status415UnsupportedMediaType,
        AttachmentProblem.LinkExpired or AttachmentProblem.NotAvailable => StatusCodes.Status502BadGateway,
    };
}

using System.Net.Mime;
using KustomerAdmin.Identity;
using KustomerAdmin.Kustomer;
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
        endpoints.MapGet("/exports/{key}", ExportAsync).RequireAdmin();
    }

    internal static string ExportAddress(RunningExport export) => $"exports/{export.Key}";

    internal static string AttachmentAddress(string link) => $"attachments/{link}";

    /// <summary>Always as a download of unknown bytes, whatever the sender calls them, under a policy that lets them do nothing.</summary>
    private static async Task<IResult> DownloadAsync(string link, TicketAttachments attachments, HttpContext context)
    {
        try
        {
            if (await attachments.OpenAsync(link, context.RequestAborted) is not { } opened)
            {
                return TypedResults.NotFound();
            }

            using (opened.Bytes)
            {
                var response = context.Response;
                var disposition = new ContentDispositionHeaderValue("attachment");
                disposition.SetHttpFileName(opened.Name);
                response.ContentType = MediaTypeNames.Application.Octet;
                response.ContentLength = opened.Bytes.Length;
                response.Headers.ContentDisposition = disposition.ToString();
                response.Headers.ContentSecurityPolicy = Powerless;
                await opened.Bytes.CopyToAsync(response.Body, context.RequestAborted);
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
            context.Response.ContentLength = null;
            return new RazorComponentResult<AttachmentProblemPage>(new { exception.Message }) { StatusCode = StatusOf(exception.Problem) };
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

    private static int StatusOf(AttachmentProblem problem) => problem switch
    {
        AttachmentProblem.TooLarge => StatusCodes.Status413PayloadTooLarge,
        AttachmentProblem.External or AttachmentProblem.Redacted => StatusCodes.Status404NotFound,
        AttachmentProblem.LinkExpired or AttachmentProblem.NotAvailable => StatusCodes.Status502BadGateway,
    };
}

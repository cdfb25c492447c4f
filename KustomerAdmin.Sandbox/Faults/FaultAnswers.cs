using System.Globalization;
using System.Text;
using KustomerAdmin.Sandbox.Access;

namespace KustomerAdmin.Sandbox.Faults;

/// <summary>Faults that take the place of the endpoint's answer.</summary>
internal static class FaultAnswers
{
    private const string SignInPage = "<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1><form method=post></form></body></html>";

    /// <summary>Whether the endpoint answers and only its body is spoilt.</summary>
    public static bool LetsThrough(SandboxFault fault) => fault.Kind is FaultKind.SlowBody or FaultKind.TruncatedJson or FaultKind.CutBody
        or FaultKind.MalformedJson or FaultKind.ByteOrderMark or FaultKind.Utf16 or FaultKind.BadRecords or FaultKind.DuplicateRecord
        or FaultKind.CutChunk or FaultKind.PackedTwice or FaultKind.SpoiltRecord or FaultKind.NextLink;

    public static async Task AnswerAsync(HttpContext http, SandboxFault fault, RoleRule rule, TimeProvider clock)
    {
        switch (fault.Kind)
        {
            case FaultKind.Timeout:
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
                break;
            case FaultKind.ConnectionReset:
                http.Abort();
                http.RequestAborted.ThrowIfCancellationRequested();
                break;
            case FaultKind.HtmlPage:
                await TextAsync(http, fault.Status ?? 200, "text/html; charset=utf-8", SignInPage);
                break;
            case FaultKind.Redirect:
                http.Response.StatusCode = fault.Status ?? 302;
                http.Response.Headers.Location = fault.Location;
                break;
            case FaultKind.MissingRole:
                await TextAsync(http, 403, "application/json", Error(1, 403, "forbidden", "Missing required role: " + rule.Accepted.FirstOrDefault("org")));
                break;
            case FaultKind.DeepJson:
                await TextAsync(http, 200, "application/json", new string('[', 200) + new string(']', 200));
                break;
            case FaultKind.GzipBomb:
            case FaultKind.BrotliBomb:
                await LargeBodies.BombAsync(http, fault.Bytes > 0 ? fault.Bytes : 600_000_000, isBrotli: fault.Kind is FaultKind.BrotliBomb);
                break;
            case FaultKind.OversizeBody:
                await LargeBodies.EndlessAsync(http, fault.Bytes > 0 ? fault.Bytes : long.MaxValue);
                break;
            default:
                await StatusAsync(http, fault, clock);
                break;
        }
    }

    private static Task StatusAsync(HttpContext http, SandboxFault fault, TimeProvider clock)
    {
        var status = fault.Status ?? 500;
        if (status == StatusCodes.Status429TooManyRequests)
        {
            http.Response.Headers["x-ratelimit-limit"] = "1000";
            http.Response.Headers["x-ratelimit-remaining"] = "0";
            if (Reset(fault.Reset, clock.GetUtcNow()) is { } reset)
            {
                http.Response.Headers["x-ratelimit-reset"] = reset.ToString(CultureInfo.InvariantCulture);
            }
        }

        if (fault.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var (code, message) = status switch
        {
            400 => ("bad_request", "Bad request"),
            401 => ("unauthorized", "Unauthorized"),
            403 => ("forbidden", "Forbidden"),
            404 => ("notfound", "Not Found"),
            429 => ("rate_limit_exceeded", "Too many requests"),
            _ => ("internal_error", "Something went wrong"),
        };
        return TextAsync(http, status, "application/json", Error(fault.Shape, status, code, fault.Message ?? message));
    }

    private static long? Reset(FaultReset reset, DateTimeOffset now) => reset switch
    {
        FaultReset.Soon => now.AddSeconds(5).ToUnixTimeSeconds(),
        FaultReset.Past => now.AddMinutes(-1).ToUnixTimeSeconds(),
        FaultReset.Milliseconds => now.AddSeconds(5).ToUnixTimeMilliseconds(),
        FaultReset.FarAhead => now.AddHours(2).ToUnixTimeSeconds(),
        _ => null,
    };

    private static string Error(int shape, int status, string code, string message) => shape switch
    {
        0 => "",
        2 => string.Create(CultureInfo.InvariantCulture, $$$"""{"errors":[{"status":"{{{status}}}","code":"{{{code}}}","title":"{{{message}}}","detail":"{{{message}}}","meta":{}}]}"""),
        _ => $$$"""{"errors":[{"code":"{{{code}}}","message":"{{{message}}}"}]}""",
    };

    private static async Task TextAsync(HttpContext http, int status, string contentType, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        var bytes = Encoding.UTF8.GetBytes(text);
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}

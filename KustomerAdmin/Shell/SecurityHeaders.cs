using Microsoft.Extensions.Primitives;

namespace KustomerAdmin.Shell;

/// <summary>
/// Headers of every answer. They are set when the answer starts and only where the endpoint set none, so that an endpoint may
/// be stricter (an attachment with a policy of its own) but none can forget them.
/// </summary>
internal static class SecurityHeaders
{
    // Inline styles: the component library positions its pop-ups by style attributes.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'";

    private static readonly KeyValuePair<string, StringValues>[] s_always =
    [
        new("Content-Security-Policy", Policy),
        new("X-Content-Type-Options", "nosniff"),
        new("Referrer-Policy", "no-referrer"),
        new("Cross-Origin-Opener-Policy", "same-origin"),
        new("Cross-Origin-Resource-Policy", "same-origin"),
        new("Permissions-Policy", "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), xr-spatial-tracking=()"),
    ];

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        context.Response.OnStarting(static state => SetAsync(((HttpContext)state).Response), context);
        return next(context);
    });

    private static Task SetAsync(HttpResponse response)
    {
        foreach (var (name, value) in s_always)
        {
            response.Headers.TryAdd(name, value);
        }

        // Pages and data are for one person and one moment; the files of the console say themselves how long they keep.
        var isPage = response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;
        if (isPage || StringValues.IsNullOrEmpty(response.Headers.CacheControl))
        {
            response.Headers.CacheControl = "no-store";
        }

        return Task.CompletedTask;
    }
}

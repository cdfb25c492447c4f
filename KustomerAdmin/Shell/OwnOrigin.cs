namespace KustomerAdmin.Shell;

/// <summary>
/// Opens circuits for the console's own pages only. The rule of browsers that keeps sites apart does not hold for sockets: any site may
/// open one to here, and only what it says of its origin tells. What is no browser says nothing of it and has no cookies of others to misuse.
/// </summary>
internal static class OwnOrigin
{
    public static IApplicationBuilder UseOwnOrigin(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase) || IsOwn(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        return origin.Count == 0
            || (Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var page)
                && IsOwnScheme(page.Scheme, request.IsHttps)
                && string.Equals(page.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
                && (request.Host.Port is { } port ? page.Port == port : page.IsDefaultPort));
    }

    /// <summary>Where a proxy ends TLS the page came by https and the request by http; the reverse is a page that anybody on the way may have written.</summary>
    private static bool IsOwnScheme(string scheme, bool isHttps) => scheme is "https" || (scheme is "http" && !isHttps);
}

using KustomerAdmin.Identity;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Shell;

public static class ShellPipeline
{
    public static void UseShell(this WebApplication app)
    {
        // The framework takes a list of nobody for everybody.
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Entries.Any())
        {
            app.UseForwardedHeaders();
        }

        app.UseSecurityHeaders();
        app.UseOwnOrigin();
        app.UseExceptionHandler("/error", createScopeForErrors: true);

        // Says nothing over http; over https it speaks whoever has brought TLS, a trusted proxy's word included.
        app.UseHsts();
        if (IsHttpsConfigured(app.Configuration))
        {
            app.UseHttpsRedirection();
        }

        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.Use(ShowFaultsToPeopleAsync);
        app.UseRouting();
        app.UseIdentity();
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(ShellServiceCollectionExtensions.Ready) }).AllowAnonymous();

        // The framework's own policy header is off only because SecurityHeaders sends a stricter one with every answer.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(static server => server.ContentSecurityFrameAncestorsPolicy = null);
    }

    /// <summary>A refusal becomes a page for people; scripts get the bare status.</summary>
    private static async Task ShowFaultsToPeopleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            // The page about a fault is read, whatever was sent: the refused form must not be looked at a second time.
            context.Request.Method = HttpMethods.Get;
        }

        await next(context);
        var isForPeople = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (!isForPeople && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }
    }

    private static bool IsHttpsConfigured(IConfiguration configuration) =>
        configuration[WebHostDefaults.ServerUrlsKey]?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true
        || !string.IsNullOrEmpty(configuration[WebHostDefaults.HttpsPortsKey])
        || configuration.GetSection("Kestrel:Endpoints").GetChildren().Any(static endpoint => endpoint["Url"]?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true);
}

using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Radzen;

namespace KustomerAdmin.Shell;

public static class ShellServiceCollectionExtensions
{
    internal const string Ready = "ready";

    public static IServiceCollection AddShell(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ProxyOptions>().Bind(configuration.GetSection(ProxyOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>(static (headers, proxies) => Trust(headers, proxies.Value));
        services.AddRazorComponents().AddInteractiveServerComponents(static circuits => circuits.DetailedErrors = false)
            .AddHubOptions(static hub =>
            {
                // Nothing large comes through a circuit; a larger message ends only the circuit that sent it.
                hub.MaximumReceiveMessageSize = 32 * 1024;
                hub.EnableDetailedErrors = false;
            });
        services.AddRadzenComponents();
        services.AddHealthChecks().AddCheck<ReadyCheck>("database", tags: [Ready]);

        // Nobody uploads anything: forms have a few hundred bytes, and what a circuit without a socket sends has 32 KB a message. The default is
        // 30 MB, for strangers too.
        services.Configure<KestrelServerOptions>(static kestrel => kestrel.Limits.MaxRequestBodySize = 1024 * 1024);

        // A browser that does not let go must not hold a stop up until the container is killed.
        services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
        services.Configure<HstsOptions>(static hsts =>
        {
            hsts.MaxAge = TimeSpan.FromDays(730);
            hsts.IncludeSubDomains = true;
        });

        // Its "failed to start" with a stack trace would bury the sentence that StartupFaults prints; a fault that stops a
        // running console is critical and still shown.
        services.AddLogging(static logging => logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical));
        return services;
    }

    private static void Trust(ForwardedHeadersOptions headers, ProxyOptions proxies)
    {
        headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();

        // As many as are trusted, one behind the other; what the first stranger says of others is not heard.
        headers.ForwardLimit = null;
        foreach (var entry in proxies.Entries)
        {
            if (ProxyOptions.TryRead(entry, out var network))
            {
                headers.KnownIPNetworks.Add(network);
            }
        }
    }
}

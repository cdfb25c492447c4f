using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace KustomerAdmin.Identity;

/// <summary>Prints the one-time link once the server listens, while there is no admin.</summary>
internal sealed class SetupLink(IServiceScopeFactory scopes, SetupToken token, IServer server) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<FirstAdmin>().IsMissingAsync(cancellationToken))
        {
            var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

            // To the operator's screen and not to the logger: logs are shipped to places that more people read.
            Console.WriteLine($"""

                No admin exists yet. Create the first one within 24 hours with this link; it works once:
                {Reachable(addresses)}/setup?token={Uri.EscapeDataString(token.Issue())}

                """);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>"Every address of this machine" is nothing a browser can open.</summary>
    internal static string Reachable(ICollection<string> addresses)
    {
        var address = addresses.OrderByDescending(static item => item.StartsWith("https:", StringComparison.OrdinalIgnoreCase)).FirstOrDefault() ?? "http://localhost";
        var binding = BindingAddress.Parse(address);
        var isEverywhere = binding.Host is "+" or "*" || (IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)));
        return $"{binding.Scheme}://{(isEverywhere ? "localhost" : binding.Host)}:{binding.Port}{binding.PathBase}";
    }
}

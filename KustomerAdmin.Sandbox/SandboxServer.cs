using System.Net;
using KustomerAdmin.Sandbox.Api;
using KustomerAdmin.Sandbox.Control;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace KustomerAdmin.Sandbox;

/// <summary>
/// Kustomer's REST API on the loopback address, with the organisations "acme" and "globex". The bearer token decides the
/// organisation, as it does on Kustomer's regional hosts (developer portal, get-started/regions-and-base-urls).
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SandboxState _state;

    private SandboxServer(WebApplication application, SandboxState state)
    {
        _application = application;
        _state = state;
        Organizations = Array.ConvertAll(state.Organizations, organization => new SandboxOrganization(organization, state));
    }

    public Uri BaseAddress => _state.BaseAddress;

    public SandboxFaults Faults => _state.Faults;

    public SandboxBehaviour Behaviour => _state.Behaviour;

    public RequestLog Requests => _state.Log;

    public IReadOnlyList<SandboxOrganization> Organizations { get; }

    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var state = new SandboxState(options);

        // Empty: neither settings files nor environment variables of the host process may change the emulator.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, BorrowedLifetime>();
        var application = builder.Build();
        var routes = new ApiRoutes(application, new ApiPipeline(state), state);
        AccessEndpoints.Map(routes);
        ConversationEndpoints.Map(routes);
        MessageEndpoints.Map(routes);
        AttachmentEndpoints.Map(routes);
        CustomerEndpoints.Map(routes);
        SearchEndpoints.Map(routes);
        PeopleEndpoints.Map(routes);
        SetUpEndpoints.Map(routes);
        routes.Otherwise();
        FileEndpoints.Map(application, state);
        ControlEndpoints.Map(application, state);
        ChangeEndpoints.Map(application, state);
        await application.StartAsync(cancellationToken);
        var addresses = application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        state.BaseAddress = new Uri(addresses.Addresses.First());
        return new SandboxServer(application, state);
    }

    /// <summary>"acme" or "globex".</summary>
    public SandboxOrganization Organization(string subdomain) =>
        Organizations.First(organization => string.Equals(organization.Subdomain, subdomain, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
    }
}

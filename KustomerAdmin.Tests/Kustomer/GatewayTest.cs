using KustomerAdmin.Kustomer;
using KustomerAdmin.Sandbox;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Kustomer;

/// <summary>The gateway against the emulator, over HTTP.</summary>
public abstract class GatewayTest : IAsyncLifetime
{
    private KustomerClientFactory? _clients;
    private SandboxServer? _sandbox;

    protected TestClock Clock { get; } = new();

    protected SandboxServer Sandbox => _sandbox!;

    protected SandboxOrganization Acme => Sandbox.Organization("acme");

    protected RequestMeter Meter { get; } = new();

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 60, IndexLag = TimeSpan.Zero, Clock = Clock }, CancellationToken.None);
        _clients = Clients(_sandbox.BaseAddress);
    }

    public async Task DisposeAsync()
    {
        _clients!.Dispose();
        await _sandbox!.DisposeAsync();
    }

    protected KustomerClient Open(string? key = null) => Open(_clients!, key ?? Acme.Keys.Full);

    protected KustomerClient Open(KustomerClientFactory clients, string key)
    {
        Subdomain.TryParse("acme", out var subdomain).ShouldBeTrue();
        ApiKey.TryParse(key, out var parsed).ShouldBeTrue();
        return clients.Create(subdomain, parsed, Meter);
    }

    protected KustomerClientFactory Clients(Uri address) => Clients(address, new Patience());

    internal KustomerClientFactory Clients(Uri address, Patience patience) =>
        new(Options.Create(new KustomerOptions { ApiUrlTemplate = address.AbsoluteUri }), Clock, new RateBudgets(Clock)) { Patience = patience };

    protected static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }
}

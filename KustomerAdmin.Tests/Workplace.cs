using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests;

/// <summary>The console and Kustomer's emulator, each over real HTTP, both on one clock.</summary>
public sealed class Workplace : IAsyncDisposable
{
    private Workplace(SandboxServer sandbox, TestApp app, TestClock clock)
    {
        Sandbox = sandbox;
        App = app;
        Clock = clock;
    }

    public SandboxServer Sandbox { get; }

    public TestApp App { get; }

    public TestClock Clock { get; }

    public SandboxOrganization Acme => Sandbox.Organization("acme");

    public SandboxOrganization Globex => Sandbox.Organization("globex");

    /// <summary>Searches that the emulator has answered for acme.</summary>
    public int Searches => Sandbox.Requests.Counts.GetValueOrDefault("acme POST /v1/customers/search");

    public static async Task<Workplace> StartAsync(int tickets = 60, bool isScheduled = false, Func<SandboxOptions, SandboxOptions>? change = null, params (string Key, string Value)[] settings)
    {
        var clock = new TestClock();
        var options = new SandboxOptions { Port = 0, Tickets = tickets, IndexLag = TimeSpan.Zero, Clock = clock };
        var sandbox = await SandboxServer.StartAsync(change is null ? options : change(options), CancellationToken.None);
        return new Workplace(sandbox, TestApp.StartAgainst(sandbox, clock, isScheduled, settings), clock);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}

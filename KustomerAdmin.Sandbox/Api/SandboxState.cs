using KustomerAdmin.Sandbox.Control;
using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>Everything one running emulator shares between its requests.</summary>
internal sealed class SandboxState
{
    public SandboxState(SandboxOptions options)
    {
        Options = options;
        StartedAt = options.Anchor ?? options.Clock.GetUtcNow();
        Behaviour = new SandboxBehaviour
        {
            RequestsPerMinute = options.RequestsPerMinute,
            SearchesPerMinute = options.SearchesPerMinute,
            LatencyMilliseconds = (int)options.Latency.TotalMilliseconds,
        };
        var anchor = StartedAt.ToUnixTimeMilliseconds();
        Organizations =
        [
            new Organization(new OrganizationStore(options, "acme", Math.Max(20, options.Tickets), anchor), options.Clock),
            new Organization(new OrganizationStore(options, "globex", Math.Max(50, options.Tickets / 5), anchor), options.Clock),
        ];
    }

    public SandboxOptions Options { get; }

    public DateTimeOffset StartedAt { get; }

    public Organization[] Organizations { get; }

    public SandboxBehaviour Behaviour { get; }

    public SandboxFaults Faults { get; } = new();

    public RequestLog Log { get; } = new();

    public Uri BaseAddress { get; set; } = new("http://127.0.0.1/");

    public Organization? Find(string? subdomain) =>
        Array.Find(Organizations, organization => string.Equals(organization.Store.Subdomain, subdomain, StringComparison.OrdinalIgnoreCase));
}

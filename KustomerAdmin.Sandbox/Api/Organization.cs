using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Search;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>One organisation with all that belongs to it at run time.</summary>
internal sealed class Organization(OrganizationStore store, TimeProvider clock)
{
    public OrganizationStore Store { get; } = store;

    public KeyRing KeyRing { get; } = new(store, clock);

    public RateWindow Requests { get; } = new(clock);

    public RateWindow Searches { get; } = new(clock);

    public SearchEngine Search { get; } = new(store, clock);
}

namespace KustomerAdmin.Kustomer;

/// <summary>
/// The budget of each organisation, shared by everything in this process that asks Kustomer for it. It is kept in memory: a second process
/// with the same organisation has a share of its own, and after a start the limits are learnt anew.
/// </summary>
public sealed class RateBudgets(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RateBudget> _byOrganization = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RateBudget> _bySubdomain = new(StringComparer.Ordinal);

    /// <summary>For the jitter of pauses.</summary>
    internal Random Random { get; init; } = Random.Shared;

    /// <summary>What the sync of an organisation may use from now on, in percent of its limits.</summary>
    public void SetShare(Subdomain subdomain, string? organizationId, int percent) => Of(subdomain, organizationId).SetShare(percent);

    /// <summary>Searches that Kustomer allows an organisation in a minute, as far as it has said.</summary>
    public int SearchesPerMinute(Subdomain subdomain, string? organizationId) => Of(subdomain, organizationId).SearchesPerMinute;

    /// <param name="organizationId">Kustomer's id, where it is known: two subdomains may be one organisation.</param>
    internal RateBudget Of(Subdomain subdomain, string? organizationId)
    {
        lock (_gate)
        {
            var known = organizationId is null ? null : _byOrganization.GetValueOrDefault(organizationId);
            var budget = known ?? _bySubdomain.GetValueOrDefault(subdomain.Label) ?? new RateBudget(time, Random);
            _bySubdomain[subdomain.Label] = budget;
            if (organizationId is not null)
            {
                _byOrganization[organizationId] = budget;
            }

            return budget;
        }
    }
}

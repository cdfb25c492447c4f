using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Access;

/// <summary>Makes an organisation's keys. They depend on the seed only, so the key printed yesterday works today.</summary>
internal sealed class KeyRing(OrganizationStore store, TimeProvider clock)
{
    private const long ExpiredSince = 1_735_689_600;

    private static readonly string[] s_readOnly =
    [
        "org.permission.customer.read", "org.permission.conversation.read", "org.permission.message.read", "org.permission.note.read",
        "org.permission.attachment.read", "org.permission.event.read", "org.permission.user.read", "org.permission.team.read",
        "org.permission.tag.read", "org.permission.metadata.read", "org.permission.klass.read", "org.permission.brand.read",
        "org.permission.satisfaction.read", "org.permission.search.create",
    ];

    private readonly HashSet<string> _revoked = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public SandboxKeys Keys { get; } = new(
        Full: Create(store, 0, ["org.permission"], expiresAt: null),
        ReadOnly: Create(store, 1, s_readOnly, expiresAt: null),
        WithoutMessages: Create(store, 2, [.. s_readOnly.Where(role => !role.EndsWith(".message.read", StringComparison.Ordinal))], expiresAt: null),
        Expired: Create(store, 3, ["org.permission"], ExpiredSince),
        EndingSoon: Create(store, 4, s_readOnly, ((clock.GetUtcNow().ToUnixTimeSeconds() / 86_400) + 12) * 86_400),
        Email: $"admin@{store.Subdomain}.example",
        Password: $"{store.Subdomain}-password");

    public string CreateForPerson()
    {
        var expiresAt = clock.GetUtcNow().ToUnixTimeSeconds() + (8 * 3600);
        return SignedToken.Create(new TokenClaims(
            store.Ids.Make(ResourceKind.Token, clock.GetUtcNow().ToUnixTimeMilliseconds(), 1000).ToString(),
            store.People.Users[0].Id.ToString(),
            store.Id.ToString(),
            store.Subdomain,
            "user",
            ["org.permission", "org.user", "org.admin"],
            expiresAt));
    }

    public void Revoke(string tokenId)
    {
        lock (_gate)
        {
            _revoked.Add(tokenId);
        }
    }

    public bool IsRevoked(string tokenId)
    {
        lock (_gate)
        {
            return _revoked.Contains(tokenId);
        }
    }

    private static string Create(OrganizationStore store, int number, string[] roles, long? expiresAt) => SignedToken.Create(new TokenClaims(
        store.Ids.Fixed(ResourceKind.Token, number).ToString(),
        store.Ids.Fixed(ResourceKind.User, 100 + number).ToString(),
        store.Id.ToString(),
        store.Subdomain,
        "machine",
        roles,
        expiresAt));
}

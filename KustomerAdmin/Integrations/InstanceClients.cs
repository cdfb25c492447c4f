using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>Opens Kustomer with an instance's stored key. For services; the key itself goes no further.</summary>
public sealed class InstanceClients(IDbContextFactory<AppDbContext> contexts, SecretBox secrets, KustomerClientFactory clients, RateBudgets budgets)
{
    private const string KeyField = "api-key";

    /// <returns>Null when the instance is gone or has no usable key.</returns>
    internal async Task<KustomerClient?> OpenAsync(long instanceId, RequestCause cause, RequestMeter meter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instance = await db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken);
        if (instance is not { Credential: CredentialState.Connected, KeyEnvelope: { } envelope }
            || !Subdomain.TryParse(instance.Subdomain, out var subdomain)
            || !ApiKey.TryParse(secrets.Open(envelope, Place(instance)), out var key))
        {
            return null;
        }

        budgets.SetShare(subdomain, instance.OrganizationId, instance.RateShare);
        return clients.Create(subdomain, key, meter, instance.OrganizationId);
    }

    /// <summary>Puts a key into an instance's row, which must have its id already.</summary>
    internal void Store(Instance instance, ApiKey key)
    {
        instance.KeyEnvelope = secrets.Seal(key.Reveal(), Place(instance));
        instance.KeyLastFour = key.LastFour;
        instance.KeyExpiresAt = ApiKeyClaims.Read(key)?.ExpiresAt;
    }

    internal static void Erase(Instance instance)
    {
        instance.KeyEnvelope = null;
        instance.KeyLastFour = null;
        instance.KeyExpiresAt = null;
    }

    private static SecretPlace Place(Instance instance) => new(instance.Id, KeyField, instance.Subdomain);
}

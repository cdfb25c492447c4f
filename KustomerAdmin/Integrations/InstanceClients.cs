using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>Opens Kustomer with an instance's stored key. For services; the key itself goes no further.</summary>
public sealed class InstanceClients(IDbContextFactory<AppDbContext> contexts, SecretBox secrets, KustomerClientFactory clients, RateBudgets budgets, RequestLedger ledger)
{
    private const string KeyField = "api-key";

    /// <inheritdoc cref="ReadAccessAsync"/>
    internal async Task<KustomerClient?> OpenAsync(long instanceId, RequestCause cause, RequestMeter meter, CancellationToken cancellationToken) =>
        await ReadAccessAsync(instanceId, cancellationToken) is { } access ? Open(access, cause, meter) : null;

    /// <returns>Null when the instance is gone or has no usable key.</returns>
    internal async Task<InstanceAccess?> ReadAccessAsync(long instanceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instance = await db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken);
        if (instance is null || KeyOf(instance) is not { } key || !Subdomain.TryParse(instance.Subdomain, out var subdomain))
        {
            return null;
        }

        ApplyShare(instance);
        return new InstanceAccess(instanceId, subdomain, key, instance.KeyEnvelope!, instance.OrganizationId);
    }

    internal KustomerClient Open(InstanceAccess access, RequestCause cause, RequestMeter meter)
    {
        meter.Finished += request => ledger.Record(access.InstanceId, cause, request);
        return clients.Create(access.Subdomain, access.Key, meter, access.OrganizationId);
    }

    /// <summary>The sealed key that is in force now, to tell whether what was fetched with one may still be shown.</summary>
    internal async Task<string?> EnvelopeAsync(long instanceId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        return await db.Instances.Where(instance => instance.Id == instanceId && instance.Credential == CredentialState.Connected)
            .Select(instance => instance.KeyEnvelope).FirstOrDefaultAsync();
    }

    /// <returns>Null when the instance has no usable key.</returns>
    internal ApiKey? KeyOf(Instance instance) =>
        instance is { Credential: CredentialState.Connected, KeyEnvelope: { } envelope } && ApiKey.TryParse(secrets.Open(envelope, Place(instance)), out var key) ? key : null;

    /// <summary>Searches that Kustomer allows everybody of the instance's organisation in a minute, as far as it has said.</summary>
    internal int SearchesPerMinute(Instance instance) => budgets.SearchesPerMinute(SubdomainOf(instance), instance.OrganizationId);

    /// <summary>What the instance's sync may use of the rate limits from now on.</summary>
    internal void ApplyShare(Instance instance) => budgets.SetShare(SubdomainOf(instance), instance.OrganizationId, instance.RateShare);

    /// <summary>Puts a key into an instance's row, which must have its id already.</summary>
    /// <param name="isOfSession">It is the token of somebody who signed in, and ends with their session.</param>
    internal void Store(Instance instance, ApiKey key, bool isOfSession = false)
    {
        instance.IsKeyOfSession = isOfSession;
        instance.KeyEnvelope = secrets.Seal(key.Reveal(), Place(instance));
        instance.KeyLastFour = key.LastFour;
        instance.KeyExpiresAt = ApiKeyClaims.Read(key)?.ExpiresAt;
    }

    /// <summary>The key that was replaced takes its place again; it was sealed for the same place.</summary>
    internal void Restore(Instance instance)
    {
        if (instance.OldKeyEnvelope is { } envelope && ApiKey.TryParse(secrets.Open(envelope, Place(instance)), out var key))
        {
            // Only an API key is to be deleted in Kustomer afterwards; the token of a session has no reminder.
            Store(instance, key, isOfSession: !OldKeys.All(instance.OldKeyLastFour).Contains(key.LastFour, StringComparer.Ordinal));
            (instance.OldKeyEnvelope, instance.OldKeyLastFour) = (null, OldKeys.Without(instance.OldKeyLastFour, key.LastFour));
        }
    }

    internal static void Erase(Instance instance)
    {
        (instance.IsKeyOfSession, instance.OldKeyEnvelope) = (false, null);
        instance.KeyEnvelope = null;
        instance.KeyLastFour = null;
        instance.KeyExpiresAt = null;
    }

    private static Subdomain SubdomainOf(Instance instance) =>
        Subdomain.TryParse(instance.Subdomain, out var subdomain) ? subdomain : throw new InvalidOperationException("A stored subdomain cannot be read.");

    private static SecretPlace Place(Instance instance) => new(instance.Id, KeyField, instance.Subdomain);
}

/// <summary>What it takes to ask Kustomer for an instance. It holds the key: services hand it on, pages never see it.</summary>
/// <param name="Envelope">The key as it is stored. It changes with the key.</param>
internal sealed record InstanceAccess(long InstanceId, Subdomain Subdomain, ApiKey Key, string Envelope, string? OrganizationId);

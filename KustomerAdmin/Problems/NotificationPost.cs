using System.Security.Cryptography;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Problems;

/// <summary>One message to one target, by the way the target asks for.</summary>
public sealed class NotificationPost(WebhookChannel webhooks, EmailChannel email, SecretBox secrets)
{
    /// <returns>Null, or why it was not delivered.</returns>
    internal async Task<string?> SendAsync(Instance instance, NotificationTarget target, NotificationMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await (target.Kind switch
            {
                NotificationKind.Webhook => webhooks.SendAsync(target.Address, secrets.Open(target.SecretEnvelope!, PlaceOf(instance, target)), message, cancellationToken),
                NotificationKind.Email => email.SendAsync(target.Address, message, cancellationToken),
            });
        }
        catch (CryptographicException)
        {
            return "The webhook's signing secret can no longer be read, because the key file is another one. Remove the webhook and add it again.";
        }
    }

    internal string Seal(Instance instance, NotificationTarget target, string secret) => secrets.Seal(secret, PlaceOf(instance, target));

    /// <returns>Null, or why the address cannot be used.</returns>
    internal string? FaultOf(NotificationKind kind, string address) => address.Length is 0 or > NotificationTarget.AddressLength ? "Enter an address." : kind switch
    {
        NotificationKind.Webhook => webhooks.FaultOf(address),
        NotificationKind.Email => email.FaultOf(address),
    };

    private static SecretPlace PlaceOf(Instance instance, NotificationTarget target) => new(instance.Id, $"webhook-{target.Id}", instance.Subdomain);
}

using System.Collections.Concurrent;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Integrations;

/// <summary>
/// Asks Kustomer whether a key works for a subdomain: three requests, then the key's own list of roles for the rest.
/// </summary>
public sealed class ConnectionCheck(KustomerClientFactory clients)
{
    private static readonly (string Name, string Loss, KustomerRoute Route)[] s_abilities =
    [
        ("Messages", "Messages will not open", KustomerRoutes.Messages("any")),
        ("Notes", "Notes will not open", KustomerRoutes.Notes("any")),
        ("Customers", "Customers will not be shown", KustomerRoutes.Customer("any")),
        ("Conversations", "Tickets will not open", KustomerRoutes.Conversation("any")),
        ("Attachments", "Attachments will not open", KustomerRoutes.Attachment("any", "any")),
        ("Tags", "Tags will be shown without their names", KustomerRoutes.Tags),
        ("People", "Senders will be shown without their names", KustomerRoutes.Users),
        ("Fields", "Custom fields will be shown without their display names", KustomerRoutes.ConversationMetadata),
    ];

    public async Task<ConnectionReport> RunAsync(Subdomain subdomain, ApiKey key, CancellationToken cancellationToken)
    {
        ConcurrentQueue<SentRequest> sent = [];
        var meter = new RequestMeter();
        meter.Finished += sent.Enqueue;
        using var client = clients.Create(subdomain, key, meter);
        return await RunAsync(client, subdomain, cancellationToken) with { Requests = sent };
    }

    private static async Task<ConnectionReport> RunAsync(KustomerClient client, Subdomain subdomain, CancellationToken cancellationToken)
    {
        List<CheckLine> lines = [];

        var token = await TryAsync(lines, "Key accepted", client.GetCurrentTokenAsync, static _ => new(CheckOutcome.Passed, "Kustomer accepts the key."), cancellationToken);
        if (token is null)
        {
            return new ConnectionReport(lines, null);
        }

        var organization = await TryAsync(lines, "Right organisation", client.GetCurrentOrganizationAsync, found => Compare(found, subdomain), cancellationToken);
        if (organization is null || lines[^1].Outcome is CheckOutcome.Failed)
        {
            return new ConnectionReport(lines, null);
        }

        await TryAsync(lines, "Ticket search", cancellation => client.SearchConversationsAsync(new SearchQuery { PageSize = 1 }, cancellation),
            static _ => new(CheckOutcome.Passed, "Tickets can be found."), cancellationToken);
        lines.AddRange(s_abilities.Select(ability => Judge(token, ability.Name, ability.Loss, ability.Route.Endpoint.Role!)));
        return new ConnectionReport(lines, organization.Id);
    }

    private static async Task<T?> TryAsync<T>(List<CheckLine> lines, string name, Func<CancellationToken, Task<T>> ask, Func<T, (CheckOutcome Outcome, string Sentence)> judge, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var answer = await ask(cancellationToken);
            var (outcome, sentence) = judge(answer);
            lines.Add(new CheckLine(name, outcome, sentence));
            return answer;
        }
        catch (KustomerException exception)
        {
            lines.Add(new CheckLine(name, OutcomeOf(exception), SentenceOf(exception)));
            return null;
        }
    }

    private static (CheckOutcome Outcome, string Sentence) Compare(Organization organization, Subdomain subdomain) =>
        string.Equals(organization.Name, subdomain.Label, StringComparison.OrdinalIgnoreCase)
            ? (CheckOutcome.Passed, $"The key belongs to {subdomain}.")
            : (CheckOutcome.Failed, $"This key belongs to {organization.Name ?? "another organisation"}, not to {subdomain}. Use a key of {subdomain}, or change the subdomain.");

    private static CheckLine Judge(AccessToken token, string name, string loss, string role) =>
        token.Roles.Count == 0 ? new CheckLine(name, CheckOutcome.Warning, $"Kustomer does not say which roles the key has; it needs {role}.")
        : token.Grants(role) ? new CheckLine(name, CheckOutcome.Passed, "Allowed.")
        : new CheckLine(name, CheckOutcome.Warning, $"{loss}: the key lacks {role}.");

    private static CheckOutcome OutcomeOf(KustomerException exception) => exception switch
    {
        KeyRejectedException or RoleMissingException => CheckOutcome.Failed,
        KustomerUnavailableException { Reason: UnavailableReason.HostUnknown } => CheckOutcome.Failed,
        _ => CheckOutcome.NotTested,
    };

    private static string SentenceOf(KustomerException exception) => exception switch
    {
        KeyRejectedException { IsExpired: true } => "The API key has expired. Create a new key in Kustomer and enter it here.",
        KeyRejectedException => "Kustomer does not accept this API key. Check that it was copied whole and still exists in Kustomer.",
        RoleMissingException missing => $"The API key lacks the role {missing.Endpoint.Role}. Create a key with it in Kustomer; roles of a key cannot be changed.",
        RateLimitedException => "Could not be tested: the organisation's request limit is used up for this minute. Try again in a minute.",
        RecordNotFoundException => "Could not be tested: Kustomer does not know the address. Check the subdomain.",
        _ => $"Could not be tested: {exception.Message} This says nothing about the key.",
    };
}

using System.Collections.Concurrent;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Integrations.Checking;

/// <summary>
/// Asks Kustomer whether a key works for a subdomain: three requests one after the other, then one for each part of a ticket, all at once, on
/// a ticket that the search found. What works is tried rather than read from a list of roles; only without any ticket the roles have to do.
/// </summary>
public sealed class ConnectionCheck(KustomerClientFactory clients)
{
    private static readonly CheckLine s_answered = new("Host answers", CheckOutcome.Passed, "Kustomer's API answers.");

    public async Task<ConnectionReport> RunAsync(Subdomain subdomain, ApiKey key, CancellationToken cancellationToken)
    {
        ConcurrentQueue<SentRequest> sent = [];
        return await RunAsync(subdomain, key, sent, cancellationToken) with { Requests = sent };
    }

    /// <summary>Exchanges e-mail and password for a token, once, and checks that. Neither is kept.</summary>
    public async Task<ConnectionReport> RunAsync(Subdomain subdomain, SignIn signIn, CancellationToken cancellationToken)
    {
        ConcurrentQueue<SentRequest> sent = [];
        using var client = clients.Create(subdomain, key: null, Meter(sent));
        try
        {
            var token = await client.CreateTokenAsync(subdomain, signIn, cancellationToken);
            var report = await RunAsync(subdomain, token, sent, cancellationToken);
            return report with { Lines = [new CheckLine("Signed in", CheckOutcome.Passed, "Kustomer gave a token for this e-mail and password. The password is kept nowhere."), .. report.Lines], Requests = sent };
        }
        catch (KustomerException exception)
        {
            return new ConnectionReport([CheckLine.OfSignIn(exception)], null) { Requests = sent };
        }
    }

    private async Task<ConnectionReport> RunAsync(Subdomain subdomain, ApiKey key, ConcurrentQueue<SentRequest> sent, CancellationToken cancellationToken)
    {
        using var client = clients.Create(subdomain, key, Meter(sent));
        return await RunAsync(client, subdomain, cancellationToken) with { Key = key };
    }

    private static RequestMeter Meter(ConcurrentQueue<SentRequest> sent)
    {
        var meter = new RequestMeter();
        meter.Finished += sent.Enqueue;
        return meter;
    }

    private static async Task<ConnectionReport> RunAsync(KustomerClient client, Subdomain subdomain, CancellationToken cancellationToken)
    {
        List<CheckLine> lines = [];
        var token = await AskForTokenAsync(lines, client, cancellationToken);
        if (token is null)
        {
            return new ConnectionReport(lines, null);
        }

        var organization = await TryAsync(lines, "Right organisation", client.GetCurrentOrganizationAsync, found => Compare(found, subdomain), cancellationToken);
        if (organization is null || lines[^1].Outcome is CheckOutcome.Failed)
        {
            return new ConnectionReport(lines, null);
        }

        var page = await TryAsync(lines, KeyAbility.Search.Name, cancellation => client.SearchConversationsAsync(new SearchQuery { PageSize = 1 }, cancellation),
            static _ => new(CheckOutcome.Passed, "Tickets can be found."), cancellationToken);
        var probes = new AbilityProbes(client, token.Roles, page?.Records.FirstOrDefault());
        lines.AddRange(await probes.RunAsync(cancellationToken));
        return new ConnectionReport(lines, organization.Id) { Tags = probes.Tags };
    }

    /// <summary>Two checks in one request: whatever Kustomer says of the key, something answered.</summary>
    private static async Task<AccessToken?> AskForTokenAsync(List<CheckLine> lines, KustomerClient client, CancellationToken cancellationToken)
    {
        try
        {
            var token = await client.GetCurrentTokenAsync(cancellationToken);
            lines.AddRange([s_answered, new CheckLine("Key accepted", CheckOutcome.Passed, "Kustomer accepts the key.")]);
            return token;
        }
        catch (KustomerException exception)
        {
            lines.AddRange(exception is KeyRejectedException or RateLimitedException ? [s_answered, CheckLine.Of("Key accepted", exception)] : [CheckLine.Of("Host answers", exception)]);
            return null;
        }
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
            lines.Add(CheckLine.Of(name, exception));
            return null;
        }
    }

    private static (CheckOutcome Outcome, string Sentence) Compare(Organization organization, Subdomain subdomain) =>
        string.Equals(organization.Name, subdomain.Label, StringComparison.OrdinalIgnoreCase)
            ? (CheckOutcome.Passed, $"The key belongs to {subdomain}.")
            : (CheckOutcome.Failed, $"This key belongs to {organization.Name ?? "another organisation"}, not to {subdomain}. Use a key of {subdomain}, or change the subdomain.");
}

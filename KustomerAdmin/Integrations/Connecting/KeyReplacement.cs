using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations.Connecting;

/// <summary>
/// Puts another key in the place of one that works: only once Kustomer has shown that it is of the same organisation and can all that the old one can.
/// The old one is kept, sealed, until the first good run with the new one, and comes back if that is rejected.
/// </summary>
public sealed class KeyReplacement(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, AuditLog audit, ConnectionCheck check, InstanceClients clients, InstanceChanges changes, RequestLedger ledger, TimeProvider time)
{
    private const string NotConnected = "Only the key of a connected instance can be replaced.";

    public async Task<ReplaceResult> ReplaceAsync(long instanceId, string? pasted, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        if (!ApiKey.TryParse(pasted, out var key))
        {
            return new ReplaceResult("Paste the new API key: without blanks, as Kustomer showed it.", []);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instance = await db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken);
        if (instance is null || clients.KeyOf(instance) is not { } old || !Subdomain.TryParse(instance.Subdomain, out var subdomain))
        {
            return new ReplaceResult(NotConnected, []);
        }

        if (key.IsSame(old))
        {
            return new ReplaceResult("This is the key that is in use already.", []);
        }

        var reports = await Task.WhenAll(check.RunAsync(subdomain, old, cancellationToken), check.RunAsync(subdomain, key, cancellationToken));
        foreach (var request in reports.SelectMany(static report => report.Requests))
        {
            ledger.Record(instanceId, new RequestCause(RequestPurpose.ConnectionCheck) { CausedBy = actor.Name }, request);
        }

        if (WhyNot(instance, reports[0], reports[1]) is { } reason)
        {
            await audit.WriteAsync(actor, AuditActions.KeyReplaced, instance.Name, AuditOutcome.Refused, reason, CancellationToken.None);
            return new ReplaceResult(reason, reports[1].Lines);
        }

        var refusal = await changes.ApplyAsync(actor, instanceId, AuditActions.KeyReplaced, (_, current) =>
        {
            if (!string.Equals(current.KeyEnvelope, instance.KeyEnvelope, StringComparison.Ordinal))
            {
                return "The key was changed meanwhile. The list shows how it is now.";
            }

            Put(current, key, reports[1], actor);
            return null;
        }, cancellationToken: cancellationToken);
        return new ReplaceResult(refusal, reports[1].Lines);
    }

    /// <summary>Somebody has deleted the old key in Kustomer, or does not want to be reminded.</summary>
    public async Task<string?> ForgetOldKeyAsync(long instanceId, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        return await changes.ApplyAsync(actor, instanceId, AuditActions.OldKeyForgotten, (_, instance) =>
        {
            (instance.OldKeyLastFour, instance.OldKeyEnvelope) = (null, null);
            return null;
        }, cancellationToken: cancellationToken);
    }

    private void Put(Instance instance, ApiKey key, ConnectionReport report, Actor actor)
    {
        var (envelope, lastFour, wasSession) = (instance.KeyEnvelope, instance.KeyLastFour, instance.IsKeyOfSession);
        clients.Store(instance, key);
        (instance.CheckedAt, instance.LackedParts, instance.CredentialNote) = (time.GetUtcNow(), report.Lacks(before: null), null);
        // One of them may be the key that comes back now.
        instance.OldKeyLastFour = OldKeys.Without(OldKeys.With(instance.OldKeyLastFour, wasSession ? null : lastFour), key.LastFour);

        // A key that never had a good run is nothing to go back to: the one before it stays.
        instance.OldKeyEnvelope ??= envelope;

        // A run under the old key ends, and another goes on from there with the new one.
        instance.Epoch++;
        if (instance.Run is not RunState.Paused)
        {
            (instance.Run, instance.WaitingUntil, instance.NextRunAt, instance.RunRequestedBy) = (RunState.Idle, null, time.GetUtcNow(), actor.Name);
        }
    }

    private static string? WhyNot(Instance instance, ConnectionReport old, ConnectionReport replacement)
    {
        if (!replacement.IsAccepted)
        {
            return $"{replacement.Obstacle} The present key stays in use.";
        }

        if (instance.OrganizationId is { } known && !string.Equals(known, replacement.OrganizationId, StringComparison.Ordinal))
        {
            return "This key belongs to another organisation. The present key stays in use.";
        }

        var worked = old.Lines.Where(static line => line.Outcome is CheckOutcome.Passed).Select(static line => line.Name).ToHashSet(StringComparer.Ordinal);

        // What could not be tested of the present key is as it was; one that is rejected can nothing.
        var isRejected = old.Lines.Any(static line => line.IsRejection);
        var lacked = KeyAbility.Named(old.Lacks(instance.LackedParts)).Select(static ability => ability.Name).ToHashSet(StringComparer.Ordinal);
        var lost = replacement.Lines.Where(line => line.Outcome is not CheckOutcome.Passed && (worked.Contains(line.Name) || (line.IsLack && !isRejected && !lacked.Contains(line.Name)))).ToList();
        var names = string.Join(", ", lost.Select(static line => line.Name));
        return lost.Count == 0 ? null
            : lost.TrueForAll(static line => line.Outcome is CheckOutcome.NotTested) ? $"It could not be tested whether the new key can all that the present one can: {names}. Try again in a minute. The present key stays in use."
            : $"The new key cannot all that the present one can: {names}. The present key stays in use.";
    }
}

/// <param name="Refusal">Why the key was not replaced; null when it was.</param>
/// <param name="Lines">What was found of the new key.</param>
public sealed record ReplaceResult(string? Refusal, IReadOnlyList<CheckLine> Lines);

using System.Globalization;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;

namespace KustomerAdmin.Problems;

/// <summary>What is wrong with an instance, told from its state alone: whoever changes the state need not know of problems.</summary>
internal static class ProblemRules
{
    /// <summary>Days before a key ends at which it becomes a problem and then more urgent, one stage each.</summary>
    private static readonly int[] s_daysLeft = [30, 14, 7, 1];

    /// <param name="unreadable">Records of the instance that cannot be read.</param>
    /// <param name="comparison">The instance's last that came to an end.</param>
    /// <param name="interval">Pause between two runs.</param>
    public static IEnumerable<FoundProblem> Of(Instance instance, int unreadable, SyncRun? comparison, TimeSpan interval, DateTimeOffset now)
    {
        if (instance.DeletingSince is not null || instance.Credential is CredentialState.Disconnected)
        {
            yield break;
        }

        if (instance.Credential is CredentialState.NotAuthenticated)
        {
            // One that never worked is a set-up under way, not a fault.
            if (instance.OrganizationId is not null)
            {
                yield return new(ProblemKind.Credentials, instance.CredentialNote ?? "Kustomer does not accept the credentials.", "Nothing is synced and no ticket opens; what is stored stays readable.", "Enter other credentials under Fix credentials.");
            }

            yield break;
        }

        if (KeyEnding(instance, now) is { } ending)
        {
            yield return ending;
        }

        if (KeyAbility.Named(instance.LackedParts) is { Count: > 0 } lacked)
        {
            yield return new(
                ProblemKind.MissingRoles, $"The key lacks {string.Join(", ", lacked.Select(static ability => ability.Role))}.", Sentence(lacked.Select(static ability => ability.Loss)),
                "Create a key with the roles in Kustomer and use Replace key; roles of a key cannot be changed.");
        }

        // While it is tried again the failure's words are gone from the instance, but it is not over.
        if (instance.FailingSince is not null && instance.Run is not RunState.Paused)
        {
            yield return new(ProblemKind.Sync, instance.RunNote, "New and changed tickets do not arrive.", "The console tries again by itself; the cause says whether somebody has to act.");
        }

        if (comparison is { Outcome: RunOutcome.Failed } && instance.Run is not RunState.Paused)
        {
            yield return new(ProblemKind.Comparison, comparison.Note, "What was deleted or merged in Kustomer stays in the lists here. What is new arrives.", "The console tries again about once an hour; the cause says whether somebody has to act.");
        }

        if (instance.Run is not RunState.Paused && FreshnessRule.Of(instance.LastSucceededAt, firstLoadMovedAt: instance.HistoryDoneAt is null ? instance.LastDataAt : null, interval, now) is Freshness.Stale)
        {
            yield return new(ProblemKind.Stale, string.Create(CultureInfo.InvariantCulture, $"Nothing was synced whole since {instance.LastSucceededAt:yyyy-MM-dd HH:mm} UTC."), "What is stored lies behind Kustomer.", "See the last runs for what holds them up.");
        }

        if (unreadable > 0)
        {
            yield return new(ProblemKind.Unreadable, $"{unreadable.ToString("N0", CultureInfo.InvariantCulture)} {(unreadable == 1 ? "record" : "records")} of Kustomer cannot be read.", "These records are not stored; all others are.", "The list of unreadable records says why each cannot.");
        }

        if (instance is { OldKeyLastFour: { } old, OldKeyEnvelope: null })
        {
            yield return OldKeys.All(old) is [var one]
                ? new(ProblemKind.OldKey, $"The replaced key that ends in {one} may still exist in Kustomer.", "It opens everything it could.", "Delete it in Kustomer (Settings, Security, API Keys), then press \"I deleted it\" beside the instance.")
                : new(ProblemKind.OldKey, $"The replaced keys that end in {string.Join(", ", OldKeys.All(old))} may still exist in Kustomer.", "They open everything they could.", "Delete them in Kustomer (Settings, Security, API Keys), then press \"I deleted them\" beside the instance.");
        }
    }

    private static FoundProblem? KeyEnding(Instance instance, DateTimeOffset now)
    {
        // A session ends within hours by its nature, and says so when it does.
        if (instance.KeyExpiresAt is not { } end || instance.IsKeyOfSession)
        {
            return null;
        }

        var stage = s_daysLeft.Count(days => end - now <= TimeSpan.FromDays(days));
        return stage == 0 ? null : new(
            ProblemKind.KeyEnding, string.Create(CultureInfo.InvariantCulture, $"The key {(end <= now ? "ended" : "ends")} on {end:d MMM yyyy, HH:mm} UTC."), "Then nothing is synced and no ticket opens.", "Create a new key in Kustomer and use Replace key.") { Stage = stage };
    }

    private static string Sentence(IEnumerable<string> parts)
    {
        var text = string.Join("; ", parts);
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";
    }
}

using System.Globalization;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations.Checking;

/// <summary>Kustomer rejected a key that had worked: nothing is sent any more until somebody gives another one.</summary>
public sealed class KeyRejections(IDbContextFactory<AppDbContext> contexts, InstanceClients clients, InstanceEvents events, TimeProvider time)
{
    /// <param name="epoch">The instance's, when the key was used: what was changed meanwhile stays as it was changed.</param>
    /// <param name="isInRun">A run was under way with it, and ends here.</param>
    /// <returns>Whether the key before it took its place again.</returns>
    internal async Task<bool> RejectAsync(long instanceId, long epoch, string reason, bool isInRun)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var isRestored = await db.TransactAsync(async cancellation =>
        {
            if (await db.Instances.SingleOrDefaultAsync(instance => instance.Id == instanceId && instance.Epoch == epoch, cancellation) is not { } instance)
            {
                return false;
            }

            var hasOldKey = instance.OldKeyEnvelope is not null;
            instance.Epoch++;
            instance.LastRanAt = isInRun ? time.GetUtcNow() : instance.LastRanAt;
            Apply(db, instance, reason, time.GetUtcNow());
            await db.SaveChangesAsync(cancellation);
            return hasOldKey;
        }, CancellationToken.None);
        await db.EraseTracesAsync(CancellationToken.None);
        events.Publish(instanceId);
        return isRestored;
    }

    private void Apply(AppDbContext db, Instance instance, string reason, DateTimeOffset now)
    {
        instance.WaitingUntil = null;
        if (instance.OldKeyEnvelope is not null)
        {
            // A new key was rejected before its first good run: the one it replaced is still here. The next run begins at once, so what is
            // said of it stands beside the credentials, until there are others.
            clients.Restore(instance);
            (instance.Run, instance.RunNote, instance.NextRunAt) = instance.Run is RunState.Paused ? (RunState.Paused, (string?)null, (DateTimeOffset?)null) : (RunState.Idle, null, now);
            instance.CredentialNote = $"The new key was rejected before its first good run: {reason} The console went back to the key before it.";
            Note(AuditActions.OldKeyRestored, AuditOutcome.Succeeded);
            return;
        }

        var since = now.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        instance.CredentialNote = instance.IsKeyOfSession
            ? $"The Kustomer session that was signed in for this instance ended by {since}. The tickets stay readable. Sign in again under Fix credentials, or enter an API key, which does not end with a session."
            : $"Kustomer has rejected the key since {since}: {reason} The tickets stay readable. Enter another key under Fix credentials.";
        instance.Credential = CredentialState.NotAuthenticated;
        (instance.Run, instance.RunNote, instance.NextRunAt) = (RunState.Idle, null, null);
        (instance.FailingSince, instance.Failures) = (null, 0);
        InstanceClients.Erase(instance);
        Note(AuditActions.KeyRejected, AuditOutcome.Failed);

        void Note(string action, AuditOutcome outcome) => db.AuditEntries.Add(AuditLog.NewEntry(now, Actor.System, action, instance.Name, outcome, reason));
    }
}

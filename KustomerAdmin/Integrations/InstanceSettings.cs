using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>How far back an instance is synced and how much of the rate limit that may take. Changes answer null, or why they were not made.</summary>
public sealed class InstanceSettings(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, InstanceChanges changes, InstanceClients clients, TimeProvider time)
{
    public const int LeastShare = 5;
    public const int MostShare = 80;

    /// <returns>Null when the instance is gone.</returns>
    public async Task<SettingsView?> ReadAsync(long instanceId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var yesterday = time.GetUtcNow().AddDays(-1);
        var limit = await db.KustomerRequests.Where(request => request.At > yesterday && request.InstanceId == instanceId && request.Limit != null && request.Endpoint == KustomerRoutes.Search.Endpoint.Template)
            .OrderByDescending(request => request.At).Select(request => request.Limit).FirstOrDefaultAsync(cancellationToken);
        return await db.Instances.Where(instance => instance.Id == instanceId)
            .Select(instance => new SettingsView(instance.RateShare, instance.SyncFrom, instance.HistoryDoneAt != null, limit)).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Takes effect at the next request; a run under way goes on.</summary>
    public async Task<string?> SetRateShareAsync(long instanceId, int percent, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        Instance? changed = null;
        var refusal = await changes.ApplyAsync(actor, instanceId, AuditActions.RateShareSet, (_, instance) =>
        {
            if (percent is < LeastShare or > MostShare)
            {
                return $"The share must be {LeastShare} to {MostShare} % of the rate limit.";
            }

            instance.RateShare = percent;
            changed = instance;
            return null;
        }, instance => $"{instance.RateShare} %", cancellationToken);
        if (refusal is null && changed is not null)
        {
            // Requests that wait for the limit already keep to it from now on.
            clients.ApplyShare(changed);
        }

        return refusal;
    }

    /// <summary>Moved back, the first load goes on from where it ended; moved forward, what is stored already stays.</summary>
    public async Task<string?> SetStartAsync(long instanceId, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        var now = time.GetUtcNow();
        return await changes.ApplyAsync(actor, instanceId, AuditActions.StartDateSet, (_, instance) =>
        {
            if (SyncStart.FaultOf(from, now) is { } fault)
            {
                return fault;
            }

            if (SyncStart.IsEarlier(from, instance.SyncFrom, now))
            {
                instance.HistoryDoneAt = null;
            }

            instance.SyncFrom = from;
            return null;
        }, instance => SyncStart.Words(instance.SyncFrom), cancellationToken);
    }

    internal static int Clamp(int percent) => Math.Clamp(percent, LeastShare, MostShare);
}

/// <param name="IsLoaded">The first load has reached the start.</param>
/// <param name="Limit">Searches a minute that Kustomer allows; null while it has not said.</param>
public sealed record SettingsView(int RateShare, DateTimeOffset? From, bool IsLoaded, int? Limit);

using System.Globalization;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>What changed in Kustomer between a disconnect and the reconnect.</summary>
internal static class ReconnectGap
{
    /// <summary>Everything since the disconnect is here: no run follows at once.</summary>
    /// <returns>What it brought, in words for people; null where there was no gap.</returns>
    public static async Task<string?> CloseAsync(AppDbContext db, Instance instance, CancellationToken cancellationToken)
    {
        if (instance.DisconnectedAt is not { } since)
        {
            return null;
        }

        // As a rule an update, and a comparison behind it that finds what was deleted.
        var runs = await db.SyncRuns.Where(run => run.InstanceId == instance.Id && run.StartedAt > since)
            .Select(run => new { run.Added, run.Updated, run.Deleted }).ToListAsync(cancellationToken);
        instance.DisconnectedAt = null;
        var news = RunNews.Of(runs.Sum(static run => run.Added), runs.Sum(static run => run.Updated), runs.Sum(static run => run.Deleted));
        return string.Create(CultureInfo.InvariantCulture, $"Since the disconnect on {since:yyyy-MM-dd HH:mm} UTC: {(news.Count == 0 ? "nothing had changed" : string.Join(", ", news))}.");
    }
}

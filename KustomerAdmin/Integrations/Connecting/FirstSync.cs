using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations.Connecting;

/// <summary>
/// Connect's second step: how far back, at which share, and what that will cost. Until it is taken a new instance waits
/// <see cref="Patience"/> and then starts by itself, for a browser that was lost.
/// </summary>
public sealed class FirstSync(
    IDbContextFactory<AppDbContext> contexts,
    CurrentAdmin currentAdmin,
    InstanceChanges changes,
    InstanceClients clients,
    TimeProvider time)
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>What it would cost from a moment on (null: all that Kustomer's search holds). One request for tickets, one for customers, one for the archive where it is read.</summary>
    public async Task<ForecastAnswer> ForecastAsync(long instanceId, DateTimeOffset? from, int rateShare, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        var meter = new RequestMeter();
        var isLimitTold = false;
        meter.Finished += sent => isLimitTold |= sent.Limit is not null;
        try
        {
            using var client = await clients.OpenAsync(instanceId, new RequestCause(RequestPurpose.Forecast) { CausedBy = actor.Name }, meter, cancellationToken);
            if (client is null)
            {
                return new ForecastAnswer(null, "This instance is not connected any more.");
            }

            var tickets = await client.SearchConversationsAsync(new SearchQuery { UpdatedFrom = from, PageSize = 1 }, cancellationToken);
            var customers = await client.SearchCustomersAsync(new SearchQuery { ConversationUpdatedFrom = from ?? DateTimeOffset.UnixEpoch, PageSize = 1 }, cancellationToken);
            var archived = SyncStart.ReadsArchive(from, time.GetUtcNow())
                ? await client.SearchArchiveAsync(new SearchQuery { UpdatedFrom = from, PageSize = 1 }, cancellationToken)
                : null;
            if (tickets.Total is not { } total)
            {
                return new ForecastAnswer(null, "Kustomer does not say how many tickets there are.");
            }

            var isAtLeast = new[] { tickets.Total, customers.Total, archived?.Total }.Contains(Forecast.MostCounted);
            return new ForecastAnswer(new Forecast(total + (archived?.Total ?? 0), customers.Total ?? 0, isAtLeast, await LimitAsync(instanceId, cancellationToken), isLimitTold, rateShare), null);
        }
        catch (KustomerException exception)
        {
            return new ForecastAnswer(null, exception.Message);
        }
    }

    /// <summary>Keeps what was chosen and starts the first sync. A second time it does nothing.</summary>
    /// <returns>Null, or why it was not done.</returns>
    public async Task<string?> StartAsync(long instanceId, FirstSyncChoice choice, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (SyncStart.FaultOf(choice.From, now) is { } fault)
        {
            return fault;
        }

        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if (await db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken) is { } known && !(IsPending(known) && known.NextRunAt > now))
            {
                return IsOverruled(choice, known)
                    ? $"The first sync has begun already: {SyncStart.Words(known.SyncFrom)}, at {known.RateShare} % of the rate limit. Change both under Settings."
                    : null;
            }
        }

        return await changes.ApplyAsync(actor, instanceId, AuditActions.FirstSyncStarted, (db, instance) =>
        {
            if (instance.Credential is not CredentialState.Connected)
            {
                return "Only a connected instance can sync.";
            }

            (instance.SyncFrom, instance.RateShare) = (choice.From, InstanceSettings.Clamp(choice.RateShare));
            (instance.NextRunAt, instance.RunRequestedBy) = (now, actor.Name);
            if (choice.Forecast is { } forecast)
            {
                db.SyncForecasts.RemoveRange(db.SyncForecasts.Where(old => old.InstanceId == instanceId));
                db.SyncForecasts.Add((forecast with { RateShare = instance.RateShare }).ToRow(instanceId, now));
            }

            return null;
        }, instance => $"{SyncStart.Words(instance.SyncFrom)}, at {instance.RateShare} % of the rate limit", cancellationToken);
    }

    /// <summary>Somebody chose, and it began otherwise: by itself, or started by a colleague.</summary>
    private static bool IsOverruled(FirstSyncChoice choice, Instance begun)
    {
        var chosen = (choice.From, InstanceSettings.Clamp(choice.RateShare));
        return chosen != (FirstSyncChoice.Default.From, FirstSyncChoice.Default.RateShare) && chosen != (begun.SyncFrom, begun.RateShare);
    }

    /// <summary>Connected, and no run has begun yet.</summary>
    internal static bool IsPending(Instance instance) =>
        instance is { HistoryCursor: null, SyncCursor: null, HistoryDoneAt: null, LastRanAt: null, Run: RunState.Idle };

    private async Task<int> LimitAsync(long instanceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return clients.SearchesPerMinute(await db.Instances.AsNoTracking().FirstAsync(instance => instance.Id == instanceId, cancellationToken));
    }
}

/// <summary>What was chosen in Connect's second step.</summary>
public sealed record FirstSyncChoice
{
    /// <summary>What holds when nobody chooses.</summary>
    public static FirstSyncChoice Default { get; } = new();

    public DateTimeOffset? From { get; init; }

    public int RateShare { get; init; } = Instance.DefaultRateShare;

    /// <summary>What was shown; kept to be compared with what happens.</summary>
    public Forecast? Forecast { get; init; }
}

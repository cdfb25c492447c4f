using System.Collections.Concurrent;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Sync.Statistics;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>Starts the runs that are due, one per instance at a time. What a run does, and whether it may, is decided when it begins.</summary>
internal sealed partial class SyncScheduler(
    SyncRunner runner,
    StatisticsKeeper statistics,
    InstanceEvents events,
    IDbContextFactory<AppDbContext> contexts,
    DatabaseClock clock,
    TimeProvider time,
    ILogger<SyncScheduler> logger) : WokenService(time, logger, "The schedule could not be read")
{
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, Task> _active = new();

    protected override void Listen() => events.Changed += _ => Wake();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await base.ExecuteAsync(stoppingToken);
        await Task.WhenAll(_active.Values);
    }

    protected override async Task<TimeSpan> WorkAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, run) in _active)
        {
            if (run.IsCompleted)
            {
                _active.TryRemove(id, out _);
            }
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instances = await db.Instances.Where(instance => instance.Credential == CredentialState.Connected && instance.Run != RunState.Paused)
            .Select(instance => new { instance.Id, instance.NextRunAt, instance.LeaseOwner, instance.LeaseExpiresAt }).ToListAsync(cancellationToken);
        var now = await clock.NowAsync(db, cancellationToken);
        var sleep = s_longestSleep;
        foreach (var instance in instances.Where(instance => !_active.ContainsKey(instance.Id)))
        {
            // Another console runs it, or one that ended without a word did: the lease tells.
            var dueAt = Later(instance.NextRunAt ?? now, instance.LeaseOwner is null ? now : instance.LeaseExpiresAt ?? now);
            if (dueAt <= now)
            {
                Start(instance.Id, cancellationToken);
            }
            else if (dueAt - now < sleep)
            {
                sleep = dueAt - now;
            }
        }

        return sleep;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private void Start(long instanceId, CancellationToken stoppingToken)
    {
        // SQLite's work is synchronous behind its asynchronous face: not on the scheduler's own path.
        var run = Task.Run(() => RunAsync(instanceId, stoppingToken), CancellationToken.None);
        _active[instanceId] = run;

        // After the run is complete: woken before, the scheduler would take it for one under way, and sleep.
        _ = run.ContinueWith(_ => Wake(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task RunAsync(long instanceId, CancellationToken stoppingToken)
    {
        try
        {
            await runner.RunAsync(instanceId, stoppingToken);
        }
        catch (Exception exception)
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                Log.RunFailed(Logger, exception, instanceId);

                // Not even its end could be written down, so it is due still: not at once.
                await Task.Delay(s_longestSleep, Time, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            return;
        }

        await KeepStatisticsAsync(instanceId, stoppingToken);
    }

    private async Task KeepStatisticsAsync(long instanceId, CancellationToken stoppingToken)
    {
        try
        {
            await statistics.KeepAsync(instanceId, stoppingToken);
        }
        catch (Exception exception)
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                // Filters go on with the older ones; the next run sees to them.
                Log.StatisticsFailed(Logger, exception, instanceId);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A run of instance {InstanceId} could not be carried out")]
        public static partial void RunFailed(ILogger logger, Exception exception, long instanceId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The statistics of instance {InstanceId} could not be measured")]
        public static partial void StatisticsFailed(ILogger logger, Exception exception, long instanceId);
    }
}

using System.Collections.Concurrent;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>Starts the runs that are due, one per instance at a time, and stops those whose instance was changed.</summary>
internal sealed partial class SyncScheduler(
    SyncRunner runner,
    InstanceEvents events,
    IDbContextFactory<AppDbContext> contexts,
    TimeProvider time,
    ILogger<SyncScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<long, ActiveRun> _active = new();
    private readonly SemaphoreSlim _woken = new(0, 1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        events.Changed += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var sleep = s_longestSleep;
                try
                {
                    sleep = await LookAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // An exception that left this loop would stop the console.
                    Log.LookFailed(logger, exception);
                }

                await SleepAsync(sleep, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console stops.
        }
        finally
        {
            events.Changed -= Wake;
            await Task.WhenAll(_active.Values.Select(run => run.Task));
        }
    }

    public override void Dispose()
    {
        _woken.Dispose();
        base.Dispose();
    }

    private void Wake(long instanceId)
    {
        try
        {
            _woken.Release();
        }
        catch (SemaphoreFullException)
        {
            // Woken already.
        }
    }

    private async Task SleepAsync(TimeSpan sleep, CancellationToken stoppingToken)
    {
        using var alarm = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var timer = Task.Delay(sleep, time, alarm.Token);
        var woken = _woken.WaitAsync(alarm.Token);
        await Task.WhenAny(timer, woken);
        await alarm.CancelAsync();
        await Task.WhenAll(timer, woken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        stoppingToken.ThrowIfCancellationRequested();
    }

    /// <returns>How long to sleep unless woken.</returns>
    private async Task<TimeSpan> LookAsync(CancellationToken stoppingToken)
    {
        await using var db = await contexts.CreateDbContextAsync(stoppingToken);
        var instances = await db.Instances.Select(instance => new { instance.Id, instance.Credential, instance.Epoch, instance.NextRunAt }).ToListAsync(stoppingToken);
        var now = time.GetUtcNow();
        foreach (var (id, run) in _active)
        {
            if (run.Task.IsCompleted)
            {
                _active.TryRemove(id, out _);
                run.Dispose();
            }
            else if (instances.Find(instance => instance.Id == id)?.Epoch != run.Epoch)
            {
                await run.StopAsync();
            }
        }

        var sleep = s_longestSleep;
        foreach (var instance in instances.Where(instance => instance.Credential is CredentialState.Connected && !_active.ContainsKey(instance.Id)))
        {
            var dueIn = (instance.NextRunAt ?? now) - now;
            if (dueIn <= TimeSpan.Zero)
            {
                _active[instance.Id] = ActiveRun.Start(instance.Epoch, cancellation => RunAsync(instance.Id, cancellation), stoppingToken);
            }
            else if (dueIn < sleep)
            {
                sleep = dueIn;
            }
        }

        return sleep;
    }

    private async Task RunAsync(long instanceId, CancellationToken cancellationToken)
    {
        try
        {
            await runner.RunAsync(instanceId, cancellationToken);
        }
        catch (Exception exception)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Log.RunFailed(logger, exception, instanceId);
            }
        }
        finally
        {
            Wake(instanceId);
        }
    }

    private sealed class ActiveRun : IDisposable
    {
        private readonly CancellationTokenSource _cancellation;

        private ActiveRun(long epoch, CancellationTokenSource cancellation) => (Epoch, _cancellation) = (epoch, cancellation);

        public long Epoch { get; }

        public Task Task { get; private init; } = Task.CompletedTask;

        public static ActiveRun Start(long epoch, Func<CancellationToken, Task> runAsync, CancellationToken stoppingToken)
        {
            var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);

            // SQLite's work is synchronous behind its asynchronous face: not on the scheduler's own path.
            return new ActiveRun(epoch, cancellation) { Task = Task.Run(() => runAsync(cancellation.Token), CancellationToken.None) };
        }

        public Task StopAsync() => _cancellation.CancelAsync();

        public void Dispose() => _cancellation.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The schedule could not be read; trying again")]
        public static partial void LookFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "A run of instance {InstanceId} could not be carried out")]
        public static partial void RunFailed(ILogger logger, Exception exception, long instanceId);
    }
}

using System.Collections.Concurrent;
using KustomerAdmin.Integrations;

namespace KustomerAdmin.Problems;

/// <summary>Looks after every change of an instance, and every minute for what time alone makes a problem.</summary>
internal sealed partial class ProblemWatch(InstanceEvents instances, ProblemBook book, TimeProvider time, ILogger<ProblemWatch> logger) : BackgroundService
{
    private const long All = 0;

    private static readonly TimeSpan s_pace = TimeSpan.FromMinutes(1);

    /// <summary>A sync under way says many times a second that something changed.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, bool> _changed = new();
    private readonly SemaphoreSlim _wake = new(0);

    public override void Dispose()
    {
        instances.Changed -= OnChanged;
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        instances.Changed += OnChanged;
        using var minute = time.CreateTimer(_ => OnChanged(All), null, TimeSpan.Zero, s_pace);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(stoppingToken);
                await LookAsync(stoppingToken);
                await Task.Delay(s_rest, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var changed in _changed.Keys)
        {
            _changed.TryRemove(changed, out _);
            foreach (var instanceId in changed == All ? await book.InstancesAsync(cancellationToken) : [changed])
            {
                try
                {
                    await book.UpdateAsync(instanceId, cancellationToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // One instance's fault is not another's; and in a minute all are looked at again.
                    Log.Failed(logger, exception);
                }
            }
        }
    }

    private void OnChanged(long instanceId)
    {
        if (_changed.TryAdd(instanceId, true))
        {
            _wake.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The problems of instances could not be brought up to date")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

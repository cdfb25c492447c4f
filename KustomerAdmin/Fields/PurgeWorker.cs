using System.Threading.Channels;
using KustomerAdmin.Integrations;

namespace KustomerAdmin.Fields;

/// <summary>Carries out purges one after the other: those that were asked for, those that a process which ended left, and now and then looks for those of other consoles.</summary>
internal sealed partial class PurgeWorker(FieldPurger purger, InstanceEvents events, TimeProvider time, ILogger<PurgeWorker> logger) : BackgroundService
{
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(30);

    /// <summary>What a console that ended left undone, where there are several, waits no longer than this for another one.</summary>
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromMinutes(30);

    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        events.Changed += OnChanged;
        try
        {
            await PurgeAsync(stoppingToken);
        }
        finally
        {
            events.Changed -= OnChanged;
        }
    }

    private void OnChanged(long instanceId) => _changed.Writer.TryWrite(true);

    private async Task PurgeAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = s_longestSleep;
            try
            {
                while (await purger.PurgeNextAsync(stoppingToken))
                {
                    // There may be another.
                }
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception);
                pause = s_pauseAfterFailure;
            }

            await WaitAsync(pause, stoppingToken);
        }
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        try
        {
            await _changed.Reader.WaitToReadAsync(stoppingToken).AsTask().WaitAsync(pause, time, stoppingToken);
            _changed.Reader.TryRead(out _);
        }
        catch (TimeoutException)
        {
            // Nothing of this console's.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The values of an excluded field could not be removed; trying again in half a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

namespace KustomerAdmin.Integrations;

/// <summary>
/// Work that is looked for as soon as somebody says that there may be some, and by itself after a while: for what a console that ended has left, and what time alone brings.
/// A failure is logged and looked at again half a minute later; an exception that left the loop would stop the console.
/// </summary>
/// <param name="failure">What to say when the work fails, without a full stop.</param>
internal abstract partial class WokenService(TimeProvider time, ILogger logger, string failure) : BackgroundService
{
    private static readonly TimeSpan s_pauseAfterFailure = TimeSpan.FromSeconds(30);

    private readonly LightSleep _sleep = new(time);

    protected TimeProvider Time { get; } = time;

    protected ILogger Logger { get; } = logger;

    /// <summary>Has <see cref="Wake"/> called when there may be work. What calls it lives as long as the console, as this does.</summary>
    protected abstract void Listen();

    /// <returns>How long to sleep unless woken.</returns>
    protected abstract Task<TimeSpan> WorkAsync(CancellationToken cancellationToken);

    protected void Wake() => _sleep.Wake();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Listen();
        try
        {
            while (true)
            {
                var sleep = s_pauseAfterFailure;
                try
                {
                    sleep = await WorkAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
                {
                    Log.Failed(Logger, exception, failure);
                }

                await _sleep.SleepAsync(sleep, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The console stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Failure}; trying again within half a minute")]
        public static partial void Failed(ILogger logger, Exception exception, string failure);
    }
}

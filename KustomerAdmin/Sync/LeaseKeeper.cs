using KustomerAdmin.Integrations;

namespace KustomerAdmin.Sync;

/// <summary>
/// Renews a run's lease while the run is under way, and looks whether it is still the run's: whenever something about the instance changed
/// here, and now and then for what was changed by another console.
/// </summary>
internal sealed partial class LeaseKeeper : IAsyncDisposable
{
    private static readonly TimeSpan s_renewal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(3);

    /// <summary>Before another console may take the lease, by a clock that nobody sets.</summary>
    private static readonly TimeSpan s_givesUp = TimeSpan.FromSeconds(45);

    private static readonly TimeSpan s_shortestAttempt = TimeSpan.FromSeconds(5);

    private readonly Leases _leases;
    private readonly SyncRunState _run;
    private readonly InstanceEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger<LeaseKeeper> _logger;
    private readonly LightSleep _sleep;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _keeping;
    private long _renewedAt;

    public LeaseKeeper(Leases leases, SyncRunState run, InstanceEvents events, TimeProvider time, ILogger<LeaseKeeper> logger)
    {
        (_leases, _run, _events, _time, _logger) = (leases, run, events, time, logger);
        _sleep = new LightSleep(time);
        _renewedAt = time.GetTimestamp();
        events.Changed += OnChanged;
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Cancelled when the run must send and write nothing more.</summary>
    public CancellationToken Lost => _lost.Token;

    private TimeSpan SinceRenewal => _time.GetElapsedTime(_renewedAt);

    public async ValueTask DisposeAsync()
    {
        _events.Changed -= OnChanged;
        await _ended.CancelAsync();
        await _keeping;
        _ended.Dispose();
        _lost.Dispose();
    }

    private void OnChanged(long instanceId)
    {
        if (instanceId == _run.InstanceId)
        {
            _sleep.Wake();
        }
    }

    private async Task KeepAsync()
    {
        try
        {
            while (await IsStillHeldAsync())
            {
                await _sleep.SleepAsync(s_look, _ended.Token);
            }

            await _lost.CancelAsync();
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The run has ended.
        }
    }

    /// <summary>A process that was stopped for minutes asks once more: where nobody took the lease meanwhile, it goes on.</summary>
    private async Task<bool> IsStillHeldAsync()
    {
        var patience = s_givesUp - SinceRenewal;
        try
        {
            if (SinceRenewal < s_renewal)
            {
                return await _leases.IsHeldAsync(_run, _ended.Token).WaitAsync(patience, _ended.Token);
            }

            var asked = _time.GetTimestamp();
            var isHeld = await _leases.RenewAsync(_run, _ended.Token).WaitAsync(patience > s_shortestAttempt ? patience : s_shortestAttempt, _ended.Token);
            _renewedAt = asked;
            return isHeld;
        }
        catch (Exception exception) when (!_ended.IsCancellationRequested)
        {
            // The database may be back before the lease runs out.
            Log.NotRenewed(_logger, exception, _run.InstanceId);
            return SinceRenewal < s_givesUp;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of instance {InstanceId} could not be renewed")]
        public static partial void NotRenewed(ILogger logger, Exception exception, long instanceId);
    }
}

using System.Collections.Concurrent;
using KustomerAdmin.Integrations;

namespace KustomerAdmin.Problems;

/// <summary>Looks after every change of an instance, and every minute for what time alone makes a problem.</summary>
internal sealed partial class ProblemWatch(InstanceEvents instances, ProblemBook book, TimeProvider time, ILogger<ProblemWatch> logger) : WokenService(time, logger, "The problems of instances could not be brought up to date")
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMinutes(1);

    /// <summary>A sync under way says many times a second that something changed.</summary>
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, bool> _changed = new();
    private DateTimeOffset _allDueAt;

    protected override void Listen() => instances.Changed += instanceId =>
    {
        _changed.TryAdd(instanceId, true);
        Wake();
    };

    protected override async Task<TimeSpan> WorkAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        if (now >= _allDueAt)
        {
            await UpdateAsync(await book.InstancesAsync(cancellationToken), cancellationToken);
            _allDueAt = now + s_pace;
        }
        else
        {
            await UpdateAsync(_changed.Keys, cancellationToken);
        }

        await Task.Delay(s_rest, Time, cancellationToken);
        return _allDueAt > Time.GetUtcNow() ? _allDueAt - Time.GetUtcNow() : TimeSpan.Zero;
    }

    private async Task UpdateAsync(IEnumerable<long> instanceIds, CancellationToken cancellationToken)
    {
        foreach (var instanceId in instanceIds)
        {
            _changed.TryRemove(instanceId, out _);
            try
            {
                await book.UpdateAsync(instanceId, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // One instance's fault is not another's; and in a minute all are looked at again.
                Log.Failed(Logger, exception, instanceId);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The problems of instance {InstanceId} could not be brought up to date")]
        public static partial void Failed(ILogger logger, Exception exception, long instanceId);
    }
}

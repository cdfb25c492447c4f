namespace KustomerAdmin.Integrations;

/// <summary>Sleeps until a time is over or somebody wakes it, also when they did so just before.</summary>
internal sealed class LightSleep(TimeProvider time)
{
    private TaskCompletionSource _woken = Asleep();

    public void Wake() => Volatile.Read(ref _woken).TrySetResult();

    public async Task SleepAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        var woken = _woken;

        // That the time is over is the usual end, and not worth an exception every few seconds.
        await woken.Task.WaitAsync(longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (woken.Task.IsCompleted)
        {
            Volatile.Write(ref _woken, Asleep());
        }
    }

    private static TaskCompletionSource Asleep() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

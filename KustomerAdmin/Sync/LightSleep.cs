namespace KustomerAdmin.Sync;

/// <summary>Sleeps until a time is over or somebody wakes it, also when they did so just before.</summary>
internal sealed class LightSleep(TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _woken = new(0, 1);

    public void Wake()
    {
        try
        {
            _woken.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Woken already, or nobody sleeps here any more.
        }
    }

    public async Task SleepAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        using var alarm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = Task.Delay(longest, time, alarm.Token);
        var woken = _woken.WaitAsync(alarm.Token);
        await Task.WhenAny(timer, woken);
        await alarm.CancelAsync();
        await Task.WhenAll(timer, woken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
    }

    public void Dispose() => _woken.Dispose();
}

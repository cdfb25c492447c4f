using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Sync;

/// <summary>A full rate limit is a pause of the run, not a failure: it is shown while it lasts and added up.</summary>
internal sealed class RunWaits(RunBook book, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long? _since;
    private TimeSpan _waited;

    public TimeSpan Waited
    {
        get
        {
            lock (_gate)
            {
                return _waited + (_since is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);
            }
        }
    }

    /// <summary>Told by the gateway; null ends the wait.</summary>
    public Task ToldAsync(SyncRunState run, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (until is not null)
            {
                _since ??= time.GetTimestamp();
            }
            else if (_since is { } since)
            {
                (_waited, _since) = (_waited + time.GetElapsedTime(since), null);
            }
        }

        return book.WaitAsync(run, until, cancellationToken);
    }

    /// <summary>Nothing is sent until the limit resets, then the same is asked again.</summary>
    public Func<TQuery, CancellationToken, Task<TAnswer>> Patiently<TQuery, TAnswer>(SyncRunState run, Func<TQuery, CancellationToken, Task<TAnswer>> askAsync) => async (query, cancellationToken) =>
    {
        while (true)
        {
            try
            {
                return await askAsync(query, cancellationToken);
            }
            catch (RateLimitedException limited)
            {
                await ToldAsync(run, limited.ResetAt, cancellationToken);
                var pause = limited.ResetAt - time.GetUtcNow();
                await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, cancellationToken);
                await ToldAsync(run, until: null, cancellationToken);
            }
        }
    };
}

namespace KustomerAdmin.Kustomer;

/// <summary>
/// What one organisation's rate limits leave to this process: a limit for all requests, and one more for searches, which count
/// against both. The sync keeps to its share and waits; people go first, and hear at once when nothing may be sent.
/// </summary>
internal sealed class RateBudget(TimeProvider time, Random random)
{
    /// <summary>Shorter waits are not worth telling.</summary>
    private static readonly TimeSpan s_noticeable = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_longestJitter = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private readonly RateBucket _general = new(300);
    private readonly RateBucket _search = new(100);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double _share = 0.5;
    private int _peopleWaiting;

    /// <summary>Whether Kustomer answers this organisation at all.</summary>
    public Breaker Breaker { get; } = new(time);

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>Searches that Kustomer allows everybody in a minute, as far as it has said.</summary>
    public int SearchesPerMinute
    {
        get
        {
            lock (_gate)
            {
                return Math.Min(_general.Limit, _search.Limit);
            }
        }
    }

    /// <param name="percent">Of the rate limits, what the sync may use. Holds for requests that wait already.</param>
    public void SetShare(int percent)
    {
        lock (_gate)
        {
            _share = percent / 100.0;
            Signal();
        }
    }

    /// <summary>Waits until a request may be sent. It is counted from then on.</summary>
    /// <exception cref="RateLimitedException">A person's request that would have to wait.</exception>
    public Task<RatePermit> TakeAsync(KustomerEndpoint endpoint, bool isSearch, RequestMeter meter, CancellationToken cancellationToken) =>
        meter.Priority is RequestPriority.Interactive ? TakeAsPersonAsync(endpoint, isSearch, cancellationToken) : TakeAsBatchAsync(isSearch, meter, cancellationToken);

    internal void Learn(RatePermit permit, RateHeaders headers, bool isRefused)
    {
        lock (_gate)
        {
            // A search is refused by either limit, and says by the number which of them it was.
            var bucket = permit.IsSearch && !(isRefused && headers.Limit is { } limit && limit != _search.Limit) ? _search : _general;
            EndProbes(permit, general: !isRefused || bucket != _general, search: !isRefused || bucket != _search);
            if (isRefused)
            {
                bucket.Refuse(Now, headers);
            }
            else
            {
                bucket.Learn(Now, headers, random.NextDouble() * s_longestJitter);
            }

            Signal();
        }
    }

    internal void Unanswered(RatePermit permit)
    {
        lock (_gate)
        {
            EndProbes(permit, general: false, search: false);
            Signal();
        }
    }

    private void EndProbes(RatePermit permit, bool general, bool search)
    {
        if (permit.IsGeneralProbe)
        {
            _general.EndProbe(general);
        }

        if (permit.IsSearchProbe)
        {
            _search.EndProbe(search);
        }
    }

    private TimeSpan Wait(bool isSearch, RequestPriority priority)
    {
        var isBatch = priority is RequestPriority.Batch;
        if (isBatch && _peopleWaiting > 0)
        {
            return Timeout.InfiniteTimeSpan;
        }

        var general = _general.Wait(Now, isBatch, _share);
        var search = isSearch ? _search.Wait(Now, isBatch, _share) : TimeSpan.Zero;
        return general > TimeSpan.Zero && general > search ? general
            : search > TimeSpan.Zero ? search
            : general < TimeSpan.Zero || search < TimeSpan.Zero ? Timeout.InfiniteTimeSpan
            : TimeSpan.Zero;
    }

    private RatePermit Take(bool isSearch) => new(this, isSearch, _general.Take(Now), isSearch && _search.Take(Now));

    private async Task<RatePermit> TakeAsBatchAsync(bool isSearch, RequestMeter meter, CancellationToken cancellationToken)
    {
        var told = (DateTimeOffset?)null;
        while (true)
        {
            TimeSpan wait;
            Task changed;
            lock (_gate)
            {
                (wait, changed) = (Wait(isSearch, RequestPriority.Batch), _changed.Task);
                if (wait == TimeSpan.Zero && told is null)
                {
                    return Take(isSearch);
                }
            }

            var until = wait > s_noticeable ? time.GetUtcNow() + wait : (DateTimeOffset?)null;
            if (meter.OnWaitAsync is { } tellAsync && (until is null ? wait == TimeSpan.Zero : told is null || (until - told).Value.Duration() > s_noticeable))
            {
                // That takes its time (a write to the database): how long there is to wait still is asked anew.
                await tellAsync(until, cancellationToken);
                told = until;
                continue;
            }

            await WaitAsync(changed, wait, cancellationToken);
        }
    }

    private async Task<RatePermit> TakeAsPersonAsync(KustomerEndpoint endpoint, bool isSearch, CancellationToken cancellationToken)
    {
        var isWaiting = false;
        try
        {
            while (true)
            {
                Task changed;
                lock (_gate)
                {
                    var wait = Wait(isSearch, RequestPriority.Interactive);
                    if (wait == TimeSpan.Zero)
                    {
                        return Take(isSearch);
                    }

                    if (wait > TimeSpan.Zero)
                    {
                        throw new RateLimitedException(endpoint, time.GetUtcNow() + wait);
                    }

                    // A probe is under way: what it learns is worth the moment.
                    _peopleWaiting += isWaiting ? 0 : 1;
                    (isWaiting, changed) = (true, _changed.Task);
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            lock (_gate)
            {
                _peopleWaiting -= isWaiting ? 1 : 0;
                Signal();
            }
        }
    }

    /// <summary>In whole milliseconds, as timers count: a fraction less would be a wait for nothing, again and again.</summary>
    private async Task WaitAsync(Task changed, TimeSpan wait, CancellationToken cancellationToken)
    {
        try
        {
            await changed.WaitAsync(wait < TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It is time.
        }
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

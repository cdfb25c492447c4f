namespace KustomerAdmin.Kustomer;

/// <summary>
/// One rate limit of an organisation: how high it is, what this process sent under it, and until when it is closed. Moments are counted
/// from the budget's start, so a wall clock that jumps changes nothing. Guarded by its budget's lock.
/// </summary>
internal sealed class RateBucket(int assumedLimit)
{
    private const double Scarce = 0.05;

    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_guessLifetime = TimeSpan.FromHours(1);

    private readonly Queue<TimeSpan> _sent = new();
    private int? _cap;
    private TimeSpan _cappedUntil;
    private TimeSpan? _blockedUntil;
    private TimeSpan _pausedUntil;
    private bool _isProbing;

    /// <summary>Requests a minute that Kustomer says it allows, to all integrations of the organisation together.</summary>
    public int Limit { get; private set; } = assumedLimit;

    /// <summary>How long a request has to wait: nothing, a known time, or <see cref="Timeout.InfiniteTimeSpan"/> for the answer of the probe.</summary>
    public TimeSpan Wait(TimeSpan now, bool isBatch, double share)
    {
        if (_blockedUntil is { } blocked && (now < blocked || _isProbing))
        {
            return now < blocked ? blocked - now : Timeout.InfiniteTimeSpan;
        }

        if (!isBatch)
        {
            return TimeSpan.Zero;
        }

        Forget(now);
        var allowed = Math.Max(1, (int)(share * (_cap is { } cap && now < _cappedUntil ? Math.Min(cap, Limit) : Limit)));
        var untilRoom = _sent.Count < allowed ? TimeSpan.Zero : _sent.ElementAt(_sent.Count - allowed) + s_window - now;
        return _pausedUntil - now > untilRoom ? _pausedUntil - now : untilRoom;
    }

    /// <returns>Whether the request is the probe that shows if a closed limit is open again.</returns>
    public bool Take(TimeSpan now)
    {
        Forget(now);
        _sent.Enqueue(now);
        return _blockedUntil is not null && (_isProbing = true);
    }

    /// <summary>The probe ended. One without an answer leaves the question to the next request.</summary>
    public void EndProbe(bool isOpen)
    {
        _isProbing = false;
        _blockedUntil = isOpen ? null : _blockedUntil;
    }

    /// <summary>What an answer says of the limit. It is used for what it brought even if it says that nothing is left.</summary>
    public void Learn(TimeSpan now, RateHeaders headers, TimeSpan jitter)
    {
        LearnLimit(headers.Limit);
        if (headers.Remaining is not { } remaining || remaining > Scarce * Limit)
        {
            return;
        }

        _pausedUntil = now + (headers.Reset ?? s_window) + jitter;
        if (remaining <= 0 && headers.Reset is { } reset)
        {
            Block(now + reset);
        }
    }

    /// <summary>A 429: nothing is sent until the reset.</summary>
    public void Refuse(TimeSpan now, RateHeaders headers)
    {
        LearnLimit(headers.Limit);
        Forget(now);
        if (headers.Remaining > 0)
        {
            // The limit is lower than its headers say: what was sent so far is what it allows.
            (_cap, _cappedUntil) = (_sent.Count, TimeSpan.MaxValue);
        }
        else if (headers.Remaining is null)
        {
            // Perhaps so too; perhaps other integrations used the limit up.
            (_cap, _cappedUntil) = (Math.Max(_sent.Count, Limit / 10), now + s_guessLifetime);
        }

        Block(now + (headers.Reset ?? s_window));
    }

    private void LearnLimit(int? limit)
    {
        if (limit is > 0 and var known && known != Limit)
        {
            (Limit, _cap) = (known, null);
        }
    }

    private void Block(TimeSpan until) => _blockedUntil = _blockedUntil > until ? _blockedUntil : until;

    private void Forget(TimeSpan now)
    {
        while (_sent.TryPeek(out var oldest) && oldest <= now - s_window)
        {
            _sent.Dequeue();
        }
    }
}

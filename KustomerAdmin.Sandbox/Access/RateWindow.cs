namespace KustomerAdmin.Sandbox.Access;

internal readonly record struct RateState(int Limit, int Remaining, long ResetSeconds, bool IsExceeded);

/// <summary>A fixed window of sixty seconds that starts with the first request after the last one ended (developer portal, concepts/rate-limits).</summary>
internal sealed class RateWindow(TimeProvider clock)
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private DateTimeOffset _endsAt;
    private int _used;

    public RateState Take(int limit)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (now >= _endsAt)
            {
                _endsAt = now + s_length;
                _used = 0;
            }

            var isExceeded = _used >= limit;
            _used = isExceeded ? _used : _used + 1;
            var reset = (_endsAt.ToUnixTimeMilliseconds() + 999) / 1000;
            return new RateState(limit, Math.Max(0, limit - _used), reset, isExceeded);
        }
    }

    /// <summary>What the organisation's other integrations take.</summary>
    public void Spend(int requests, int limit)
    {
        for (var request = 0; request < requests; request++)
        {
            Take(limit);
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _endsAt = default;
        }
    }
}

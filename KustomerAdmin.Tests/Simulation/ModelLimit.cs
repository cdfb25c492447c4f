namespace KustomerAdmin.Tests.Simulation;

/// <summary>A limit of requests a minute, by a window that begins anew or by one that slides. Others take from it too.</summary>
internal sealed class ModelLimit(bool isSliding)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(60);
    private readonly Queue<DateTimeOffset> _taken = new();
    private DateTimeOffset _endsAt;

    /// <summary>When the next request may be sent.</summary>
    public DateTimeOffset ResetAt { get; private set; }

    public int Remaining(DateTimeOffset now, int limit)
    {
        Tidy(now);
        return Math.Max(0, limit - _taken.Count);
    }

    public bool TryTake(DateTimeOffset now, int limit)
    {
        Tidy(now);
        var isAllowed = _taken.Count < limit;
        if (isAllowed)
        {
            _taken.Enqueue(now);
        }

        ResetAt = isSliding ? _taken.TryPeek(out var oldest) ? oldest + s_window : now + s_window : _endsAt;
        return isAllowed;
    }

    private void Tidy(DateTimeOffset now)
    {
        if (!isSliding && now >= _endsAt)
        {
            _endsAt = now + s_window;
            _taken.Clear();
        }

        while (isSliding && _taken.TryPeek(out var oldest) && oldest <= now - s_window)
        {
            _taken.Dequeue();
        }
    }
}

namespace KustomerAdmin.Tests.Simulation;

/// <summary>A clock that jumps from one alarm to the next when its <see cref="Pump"/> finds that everything waits; only the pump's one thread uses it. Alarms of one moment ring in the order they were set.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private readonly PriorityQueue<(Alarm Alarm, long Setting), (DateTimeOffset DueAt, long Setting)> _alarms = new();
    private DateTimeOffset _now = new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);
    private long _settings;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        CreateTimer(callback, state, dueTime, period, static () => true);

    /// <param name="isAlive">A process that was killed hears no alarm.</param>
    public ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period, Func<bool> isAlive)
    {
        var alarm = new Alarm(this, () => callback(state), isAlive);
        alarm.Change(dueTime, period);
        return alarm;
    }

    /// <summary>Moves to the next alarm and rings it.</summary>
    /// <returns>False when nothing waits.</returns>
    public bool RingNext()
    {
        while (_alarms.TryDequeue(out var next, out var due))
        {
            if (next.Alarm.Setting == next.Setting && next.Alarm.IsAlive)
            {
                _now = due.DueAt > _now ? due.DueAt : _now;
                next.Alarm.Ring();
                return true;
            }
        }

        return false;
    }

    private void Set(Alarm alarm, TimeSpan dueTime)
    {
        alarm.Setting = ++_settings;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _alarms.Enqueue((alarm, alarm.Setting), (_now + dueTime, alarm.Setting));
        }
    }

    private sealed class Alarm(SimulatedClock clock, Action ring, Func<bool> isAlive) : ITimer
    {
        private TimeSpan _period;

        public bool IsAlive => isAlive();

        /// <summary>Which setting of it counts; one that was changed since is passed over.</summary>
        public long Setting { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            clock.Set(this, dueTime);
            return true;
        }

        public void Ring()
        {
            if (_period > TimeSpan.Zero)
            {
                clock.Set(this, _period);
            }

            ring();
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

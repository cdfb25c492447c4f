namespace KustomerAdmin.Tests;

/// <summary>A clock that stands until a test moves it; what waits on it wakes when it is moved far enough.</summary>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);
    private TaskCompletionSource _alarmSet = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state));
        alarm.Change(dueTime, period);
        return alarm;
    }

    public void Advance(TimeSpan time)
    {
        List<Alarm> due;
        lock (_gate)
        {
            _now += time;
            due = _alarms.FindAll(alarm => alarm.DueAt <= _now);
            _alarms.RemoveAll(due.Contains);
        }

        due.ForEach(alarm => alarm.Ring());
    }

    /// <summary>Until something waits for a moment between the two, counted from now.</summary>
    public async Task WaitForAlarmAsync(TimeSpan from, TimeSpan to)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (_alarms.Exists(alarm => alarm.DueAt >= _now + from && alarm.DueAt <= _now + to))
                {
                    return;
                }

                next = _alarmSet.Task;
            }

            await next.WaitAsync(patience.Token);
        }
    }

    private void Set(Alarm alarm, TimeSpan dueTime)
    {
        lock (_gate)
        {
            _alarms.Remove(alarm);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                alarm.DueAt = _now + dueTime;
                _alarms.Add(alarm);
                _alarmSet.SetResult();
                _alarmSet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        if (dueTime == TimeSpan.Zero)
        {
            Advance(TimeSpan.Zero);
        }
    }

    private sealed class Alarm(TestClock clock, Action ring) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset DueAt { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            clock.Set(this, dueTime);
            return true;
        }

        public void Ring()
        {
            ring();
            if (_period > TimeSpan.Zero)
            {
                clock.Set(this, _period);
            }
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

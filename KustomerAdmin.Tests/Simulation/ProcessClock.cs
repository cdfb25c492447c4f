namespace KustomerAdmin.Tests.Simulation;

/// <summary>The simulation's clock as one process sees it: a killed process hears no alarm any more.</summary>
internal sealed class ProcessClock(SimulatedClock clock, ProcessLife life) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period, () => life.IsAlive && !life.IsAsleep);
}

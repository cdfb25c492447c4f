using System.Diagnostics;

namespace KustomerAdmin.Benchmarks;

/// <summary>Milliseconds of several runs of one thing, and of this process' processor in their middle.</summary>
internal sealed record Timing(double P50, double P95, double Cpu);

internal sealed class Stopwatches
{
    private readonly List<double> _elapsed = [];
    private readonly List<double> _cpu = [];

    public Timing Timing => new(Part(_elapsed, 0.5), Part(_elapsed, 0.95), Part(_cpu, 0.5));

    public async Task MeasureAsync(bool counts, Func<Task> work)
    {
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await work();
        if (counts)
        {
            _elapsed.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            _cpu.Add((Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
        }
    }

    private static double Part(List<double> values, double part) => values.Order().ElementAt((int)Math.Ceiling(values.Count * part) - 1);
}

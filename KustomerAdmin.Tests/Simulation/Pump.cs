namespace KustomerAdmin.Tests.Simulation;

/// <summary>
/// Carries a simulation out on a thread pool of one thread, one thing after the other in the order in which it was queued, and moves the clock when
/// nothing is left to do. Whatever the engine and its libraries send to the pool runs there too, so how busy the machine is changes nothing.
/// </summary>
internal sealed class Pump(SimulatedClock clock) : IThreadPoolWorkItem
{
    /// <summary>A whole simulation takes less than half of it.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(60);

    private readonly TaskCompletionSource _stuck = new();
    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private Task _root = Task.CompletedTask;

    /// <summary>Runs <paramref name="root"/> to its end.</summary>
    public async Task RunAsync(Func<Task> root)
    {
        ThreadPool.GetMaxThreads(out var threads, out _);
        if (threads != 1)
        {
            throw new SimulationException($"The thread pool has {threads} threads; {nameof(SimulationChild)} starts with one.");
        }

        _root = Task.Run(root);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        await await Task.WhenAny(_root, _stuck.Task);
    }

    public void Execute()
    {
        try
        {
            if (_root.IsCompleted)
            {
                return;
            }

            if (ThreadPool.PendingWorkItemCount == 0 && !clock.RingNext())
            {
                throw new SimulationException("I8: everything waits and no alarm is set: the engine is stuck.");
            }

            if (clock.GetUtcNow() - _began > s_longest)
            {
                throw new SimulationException("I8: time passes and nothing comes to an end.");
            }

            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
        catch (Exception exception)
        {
            _stuck.TrySetException(exception);
        }
    }
}

/// <summary>An invariant was broken, or the simulation itself cannot go on.</summary>
public sealed class SimulationException(string message) : Exception(message);

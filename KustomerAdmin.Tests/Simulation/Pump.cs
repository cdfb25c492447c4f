using System.Diagnostics;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>
/// Runs everything of one simulation on one thread, one thing after the other, and moves the clock when nothing is left to run. What slips onto the
/// thread pool all the same (work that was sent there, waits of libraries) is waited for: the clock never moves while it runs.
/// </summary>
internal sealed class Pump(SimulatedClock clock) : SynchronizationContext
{
    private const int Looks = 3;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_patienceWithOthers = TimeSpan.FromSeconds(2);
    private static readonly AsyncLocal<Pump?> s_current = new(OnContextChanged);

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _work = new();
    private int _elsewhere;
    private long _comings;

    /// <summary>Runs <paramref name="root"/> to its end.</summary>
    public void Run(Func<Task> root)
    {
        var before = Current;
        s_current.Value = this;
        SetSynchronizationContext(this);
        try
        {
            var task = root();
            while (true)
            {
                RunPosted();
                if (task.IsCompleted)
                {
                    break;
                }

                if (IsQuiet() && !Advance())
                {
                    WaitForStragglers(task);
                }
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
            s_current.Value = null;
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_work)
        {
            _work.Enqueue((d, state));
            Monitor.Pulse(_work);
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    private void RunPosted()
    {
        while (true)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_work)
            {
                if (!_work.TryDequeue(out next))
                {
                    return;
                }
            }

            next.Callback(next.State);
        }
    }

    /// <summary>Rings without a context, so that what libraries await runs on at once, here, instead of on the thread pool.</summary>
    private bool Advance()
    {
        SetSynchronizationContext(null);
        try
        {
            return clock.RingNext();
        }
        finally
        {
            SetSynchronizationContext(this);
        }
    }

    /// <summary>Nothing to run here, and nothing of ours runs or is about to run on the thread pool: seen several times, with nothing between.</summary>
    private bool IsQuiet()
    {
        // A thread that has taken up work, but not begun with it, is not to be seen. Before a long jump it gets a moment.
        var (since, isFar) = (Stopwatch.GetTimestamp(), clock.UntilNext > TimeSpan.FromMilliseconds(900));
        for (var (looks, seen) = (0, -1L); looks < Looks;)
        {
            if (HasPosted())
            {
                return false;
            }

            var comings = Interlocked.Read(ref _comings);

            // Others' work stands in the same queue; it is not waited for long.
            var isQuiet = Volatile.Read(ref _elsewhere) <= 0 && (ThreadPool.PendingWorkItemCount == 0 || Stopwatch.GetElapsedTime(since) > s_patienceWithOthers);
            looks = isQuiet && comings == seen ? looks + 1 : 0;
            seen = comings;
            if (isQuiet && !isFar)
            {
                Thread.Yield();
            }
            else
            {
                lock (_work)
                {
                    Monitor.Wait(_work, TimeSpan.FromMilliseconds(1));
                }
            }

            if (Stopwatch.GetElapsedTime(since) > s_patience)
            {
                throw new SimulationException("Something of the simulation runs on the thread pool without end.");
            }
        }

        return !HasPosted();
    }

    private void WaitForStragglers(Task task)
    {
        for (var since = Stopwatch.GetTimestamp(); !task.IsCompleted;)
        {
            lock (_work)
            {
                if (_work.Count > 0 || Monitor.Wait(_work, TimeSpan.FromMilliseconds(20)))
                {
                    return;
                }
            }

            if (Stopwatch.GetElapsedTime(since) > s_patience)
            {
                throw new SimulationException("Everything waits and no alarm is set: the engine is stuck.");
            }
        }
    }

    private bool HasPosted()
    {
        lock (_work)
        {
            return _work.Count > 0;
        }
    }

    /// <summary>The runtime tells when a thread begins and ends to work for a pump.</summary>
    private static void OnContextChanged(AsyncLocalValueChangedArgs<Pump?> change)
    {
        if (change.ThreadContextChanged)
        {
            if (change.PreviousValue is { } left)
            {
                Interlocked.Decrement(ref left._elsewhere);
            }

            if (change.CurrentValue is { } entered)
            {
                Interlocked.Increment(ref entered._elsewhere);
                Interlocked.Increment(ref entered._comings);
            }
        }
    }
}

/// <summary>An invariant was broken, or the simulation itself cannot go on.</summary>
public sealed class SimulationException(string message) : Exception(message);

using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tickets.Fetching;

/// <summary>What an opened ticket costs, a line for each part, as it happens.</summary>
public sealed class TicketMeter(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<MeterLine> _lines = [];
    private readonly RetryAllowance _allowance = new();

    /// <summary>Raised on any thread.</summary>
    public event Action? Changed;

    /// <summary>Requests sent for this viewer.</summary>
    public int Sent => Lines.Sum(line => line.Requests);

    public IReadOnlyList<MeterLine> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    internal MeterLine Begin(TicketPart part)
    {
        var line = new MeterLine(part, time, new RequestMeter { Allowance = _allowance }, () => Changed?.Invoke());
        lock (_gate)
        {
            _lines.Add(line);
        }

        Changed?.Invoke();
        return line;
    }
}

/// <summary>One part's line: asked for by this viewer, waited for together with another one, or known already.</summary>
public sealed class MeterLine
{
    private readonly TimeProvider _time;
    private readonly Action _changed;
    private readonly long _started;

    internal MeterLine(TicketPart part, TimeProvider time, RequestMeter requested, Action changed)
    {
        (Part, _time, _changed, _started) = (part, time, changed, time.GetTimestamp());
        Requested = requested;
        Requested.Changed += changed;
    }

    public TicketPart Part { get; }

    public MeterState State { get; private set; }

    /// <summary>Somebody else opened the same at the same moment, and both waited for one answer.</summary>
    public bool IsShared { get; private set; }

    /// <summary>From the first request to the end of the last; null while it runs.</summary>
    public TimeSpan? Took { get; private set; }

    public int Requests => Requested.Sent;

    internal RequestMeter Requested { get; }

    internal void Share()
    {
        IsShared = true;
        _changed();
    }

    internal void End(MeterState state)
    {
        (State, Took) = (state, _time.GetElapsedTime(_started));
        _changed();
    }
}

public enum MeterState
{
    Running,
    Answered,
    Failed,

    /// <summary>Known from a ticket opened a few minutes ago.</summary>
    Remembered,
}

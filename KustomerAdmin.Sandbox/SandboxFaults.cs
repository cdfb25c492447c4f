namespace KustomerAdmin.Sandbox;

/// <summary>The rules in force, in the order in which they were added; the first that matches wins.</summary>
public sealed class SandboxFaults
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private int _lastNumber;

    public IReadOnlyDictionary<int, SandboxFault> Active
    {
        get
        {
            lock (_gate)
            {
                return _entries.ToDictionary(entry => entry.Number, entry => entry.Fault);
            }
        }
    }

    /// <summary>The number by which the rule can be removed again.</summary>
    public int Add(SandboxFault fault)
    {
        lock (_gate)
        {
            _entries.Add(new Entry(++_lastNumber, fault));
            return _lastNumber;
        }
    }

    public bool Remove(int number)
    {
        lock (_gate)
        {
            return _entries.RemoveAll(entry => entry.Number == number) > 0;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
        }
    }

    internal SandboxFault? Take(string template, string path, string? organization)
    {
        lock (_gate)
        {
            foreach (var entry in _entries)
            {
                if (!Matches(entry.Fault, template, path, organization) || ++entry.Seen % Math.Max(1, entry.Fault.EveryNth) != 0)
                {
                    continue;
                }

                if (++entry.Used >= entry.Fault.Times)
                {
                    _entries.Remove(entry);
                }

                return entry.Fault;
            }

            return null;
        }
    }

    private static bool Matches(SandboxFault fault, string template, string path, string? organization)
    {
        if (fault.Organization is not null && !string.Equals(fault.Organization, organization, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return fault.Endpoint.Contains('{', StringComparison.Ordinal)
            ? string.Equals(fault.Endpoint, template, StringComparison.OrdinalIgnoreCase)
            : path.StartsWith(fault.Endpoint, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class Entry(int number, SandboxFault fault)
    {
        public int Number => number;

        public SandboxFault Fault => fault;

        public int Seen { get; set; }

        public int Used { get; set; }
    }
}

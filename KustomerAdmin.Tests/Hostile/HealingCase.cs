using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Hostile;

/// <summary>A fault that comes once, or for a while, and goes.</summary>
/// <param name="Row">Of the table of faults; see README.md beside this file.</param>
/// <param name="Says">What the run history, the list of unreadable records or the audit log says of it; null where nothing is to be said.</param>
internal sealed record HealingCase(string Row, string Name, string? Says)
{
    public SandboxFault? Fault { get; init; }

    /// <summary>How long the fault is there; null for a fault that counts by itself.</summary>
    public TimeSpan? Lasts { get; init; }

    /// <summary>Days that pass behind it: what a comparison at night mends.</summary>
    public int Nights { get; init; }

    /// <summary>In a first load the fault is met by the second request.</summary>
    public bool InSecondPage { get; init; } = true;

    /// <summary>Answers 429 that the fault itself gives.</summary>
    public int Refusals { get; init; }

    /// <summary>What happens in Kustomer before the run.</summary>
    public Func<HealingPlace, Task>? PrepareAsync { get; init; }

    /// <summary>What happens in Kustomer once the run's first page is stored.</summary>
    public Action<HealingPlace>? BetweenPages { get; init; }
}

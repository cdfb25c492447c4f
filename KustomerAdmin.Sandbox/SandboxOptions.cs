namespace KustomerAdmin.Sandbox;

/// <summary>What the emulator serves and how strictly. The defaults follow Kustomer's published limits.</summary>
public sealed record SandboxOptions
{
    /// <summary>Port on the loopback address; 0 takes any free one.</summary>
    public int Port { get; init; } = 5199;

    /// <summary>Conversations of the organisation "acme"; "globex" has about a fifth of it.</summary>
    public int Tickets { get; init; } = 5000;

    /// <summary>The same seed and the same anchor give the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The instant the data is generated backwards from; the clock's start when not given.</summary>
    public DateTimeOffset? Anchor { get; init; }

    /// <summary>How long a change takes to show in search. Reads by id see it at once.</summary>
    public TimeSpan IndexLag { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Requests of a whole organisation in a window of sixty seconds (developer portal, concepts/rate-limits).</summary>
    public int RequestsPerMinute { get; init; } = 1000;

    /// <summary>Searches of machine users in the same window.</summary>
    public int SearchesPerMinute { get; init; } = 100;

    /// <summary>Added to every API answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Gives two conversations an updatedAt ahead of the clock.</summary>
    public bool AwkwardFutureDates { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

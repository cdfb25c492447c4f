namespace KustomerAdmin.Kustomer;

/// <summary>How long Kustomer is waited for.</summary>
internal sealed record Patience
{
    /// <summary>For one answer, to its last byte.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For all that one click of a person asks at a time, with what is asked again.</summary>
    public TimeSpan Person { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Sockets live in real time, whatever clock the rest goes by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>For the jitter between two attempts.</summary>
    public Random Random { get; init; } = Random.Shared;
}

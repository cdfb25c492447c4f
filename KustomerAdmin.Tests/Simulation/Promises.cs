namespace KustomerAdmin.Tests.Simulation;

/// <summary>What the engine promises so far; what it does not is neither provoked nor checked.</summary>
internal static class Promises
{
    /// <summary>What the search shows after the overlap is found by a reconciliation.</summary>
    public const bool LateIndex = true;

    /// <summary>Deleted and merged conversations are marked within two days, and unmarked when they come back.</summary>
    public const bool Tombstones = true;

    /// <summary>What was last updated more than two years ago is loaded too.</summary>
    public const bool Archive = true;

    /// <summary>A page of nothing but unreadable records holds up nothing.</summary>
    public const bool Quarantine = true;

    /// <summary>A conversation that was dated in the future and changed since is stored as it is now.</summary>
    public const bool FutureCorrected = true;

    /// <summary>Requests keep to the instance's share of the limit.</summary>
    public const bool Budget = true;
}

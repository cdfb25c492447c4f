namespace KustomerAdmin.Tests.Simulation;

/// <summary>What kind of organisation, Kustomer and bad luck a seed draws.</summary>
internal sealed record WorldSettings
{
    public required int Seed { get; init; }

    public required int Records { get; init; }

    public required int Customers { get; init; }

    /// <summary>The largest page that the model gives, whatever is asked for.</summary>
    public required int PageSize { get; init; }

    public required int TiePercent { get; init; }

    public required int LargestTie { get; init; }

    public required int ArchivePercent { get; init; }

    /// <summary>How many days back is loaded; null for all that the search shows, two years.</summary>
    public required int? DaysBack { get; init; }

    public required int IndexDelaySeconds { get; init; }

    public required bool IsIndexVeryLate { get; init; }

    public required bool HasDeletions { get; init; }

    public required bool HasFutureDates { get; init; }

    public required bool HasUnreadable { get; init; }

    /// <summary>Chance that something happens in the organisation with each request.</summary>
    public required int ChurnPercent { get; init; }

    public required int FaultPercent { get; init; }

    public required int Limit { get; init; }

    public required int SearchLimit { get; init; }

    public required bool IsLimitSliding { get; init; }

    /// <summary>Requests that others take from the limit with each of ours, in percent.</summary>
    public required int OthersPercent { get; init; }

    public required int Steps { get; init; }

    public static WorldSettings Draw(int seed)
    {
        var chance = new Random(seed);
        var isTied = chance.Next(3) == 0;
        var pageSize = chance.Next(4) == 0 ? chance.Next(2, 6) : chance.Next(6, 60);
        return new WorldSettings
        {
            Seed = seed,
            PageSize = pageSize,
            Records = Math.Min(chance.Next(20, chance.Next(8) == 0 ? 300 : 120), pageSize * 60),
            Customers = chance.Next(3, 25),
            TiePercent = isTied ? chance.Next(5, 40) : 0,
            LargestTie = isTied ? Math.Min(chance.Next(2, (pageSize * 3) + 2), pageSize * 20) : 2,
            ArchivePercent = chance.Next(4) == 0 ? chance.Next(1, 50) : 0,
            DaysBack = chance.Next(3) switch { 0 => 4000, 1 => chance.Next(10, 700), _ => null },
            IndexDelaySeconds = chance.Next(3) switch { 0 => 0, 1 => chance.Next(1, 60), _ => chance.Next(60, 480) },
            IsIndexVeryLate = chance.Next(4) == 0,
            HasDeletions = chance.Next(2) == 0,
            HasFutureDates = chance.Next(3) == 0,
            HasUnreadable = chance.Next(3) == 0,
            ChurnPercent = chance.Next(3) switch { 0 => 0, 1 => chance.Next(1, 20), _ => chance.Next(20, 70) },
            FaultPercent = chance.Next(3) switch { 0 => 0, 1 => chance.Next(1, 8), _ => chance.Next(8, 25) },
            Limit = chance.Next(30, 300),
            SearchLimit = chance.Next(10, 100),
            IsLimitSliding = chance.Next(2) == 0,
            OthersPercent = chance.Next(2) == 0 ? 0 : chance.Next(10, 150),
            Steps = chance.Next(3, 9),
        };
    }
}

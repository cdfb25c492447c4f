namespace KustomerAdmin.Usage;

/// <summary>How long the ledger is kept.</summary>
public sealed class UsageOptions
{
    public const string KeepRequestsKey = "Usage:KeepRequests";
    public const string KeepDaysKey = "Usage:KeepDays";

    /// <summary>The single requests. One day to 90 days.</summary>
    public TimeSpan KeepRequests { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Counts by day. 31 days to ten years.</summary>
    public TimeSpan KeepDays { get; set; } = TimeSpan.FromDays(400);
}

namespace KustomerAdmin.Data.Entities;

/// <summary>What the first sync of an instance was expected to cost, kept to compare with what it did cost.</summary>
public sealed class SyncForecast
{
    public long InstanceId { get; init; }

    public required DateTimeOffset At { get; init; }

    public long Tickets { get; init; }

    public int Requests { get; init; }

    public double Seconds { get; init; }

    /// <summary>Percent of the organisation's limit that the sync may use.</summary>
    public int RateShare { get; init; }

    /// <summary>Requests a minute that are left for everybody else while it runs.</summary>
    public int LeftForOthers { get; init; }
}

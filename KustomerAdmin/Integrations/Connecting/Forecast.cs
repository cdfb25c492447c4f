using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Integrations.Connecting;

/// <summary>What the first sync of an instance will cost at a share of the rate limit.</summary>
/// <param name="Tickets">As Kustomer counts them.</param>
/// <param name="Customers">Those with one of these tickets.</param>
/// <param name="IsAtLeast">Kustomer stopped counting, so there may be more.</param>
/// <param name="Limit">Requests a minute that Kustomer allows for searches, which is nearly all that a sync sends.</param>
/// <param name="IsLimitTold">Whether Kustomer said the limit; otherwise it is the one that it publishes.</param>
/// <param name="RateShare">Percent of the limit.</param>
public sealed record Forecast(long Tickets, long Customers, bool IsAtLeast, int Limit, bool IsLimitTold, int RateShare)
{
    /// <summary>Where Kustomer's search stops counting.</summary>
    internal const int MostCounted = 10_000;

    /// <summary>The definitions of the fields.</summary>
    private const int FieldRequests = 1;

    /// <summary>Full pages of tickets and of customers' counts; even nothing takes a request to learn.</summary>
    public int Requests => Pages(Tickets) + Pages(Customers) + FieldRequests;

    public int PerMinute => Of(Limit, RateShare);

    public int LeftForOthers => Limit - PerMinute;

    public TimeSpan Duration => TimeSpan.FromMinutes((double)Requests / PerMinute);

    /// <summary>Requests a minute that a share of a limit is; never none.</summary>
    public static int Of(int limit, int share) => Math.Max(1, limit * share / 100);

    internal SyncForecast ToRow(long instanceId, DateTimeOffset at) => new()
    {
        InstanceId = instanceId,
        At = at,
        Tickets = Tickets,
        Requests = Requests,
        Seconds = Duration.TotalSeconds,
        RateShare = RateShare,
        LeftForOthers = LeftForOthers,
    };

    private static int Pages(long records) => (int)Math.Max(1, (records + SearchQuery.LargestPage - 1) / SearchQuery.LargestPage);
}

/// <summary>A forecast, or in words for people why there is none.</summary>
public sealed record ForecastAnswer(Forecast? Forecast, string? Problem);

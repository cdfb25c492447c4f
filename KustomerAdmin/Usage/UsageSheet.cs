using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Usage;

/// <summary>All that the page about API use shows of one period.</summary>
public sealed record UsageSheet
{
    /// <summary>Requests of a purpose up to which the durations of all are looked at; of more, those of a part.</summary>
    public const int MostTimed = 20_000;

    public static readonly UsageSheet Empty = new()
    {
        Span = new UsageSpan(default, TimeSpan.FromMinutes(1), 0, IsSingle: true),
        Kept = TimeSpan.Zero,
        Instances = [],
        Bars = [],
        Searches = [],
        Purposes = [],
        Runs = [],
        Admins = [],
        Tickets = new OpenedTickets(0, 0, [], []),
        Price = new SyncPrice(0, 0, 0, 0),
        Headroom = new Headroom(null, null, 0, TimeSpan.Zero),
    };

    public required UsageSpan Span { get; init; }

    /// <summary>How long single requests are kept; of longer periods only their counts by day.</summary>
    public required TimeSpan Kept { get; init; }

    public required IReadOnlyList<UsageInstance> Instances { get; init; }

    /// <summary>The one instance that is looked at; null for several.</summary>
    public UsageInstance? Shown { get; init; }

    public required IReadOnlyList<UsageBar> Bars { get; init; }

    /// <summary>The searches among them; only by the minute, of one instance that has searched.</summary>
    public required IReadOnlyList<UsageBar> Searches { get; init; }

    public required IReadOnlyList<PurposeLine> Purposes { get; init; }

    public required IReadOnlyList<RunLine> Runs { get; init; }

    public required IReadOnlyList<AdminLine> Admins { get; init; }

    public required OpenedTickets Tickets { get; init; }

    public required SyncPrice Price { get; init; }

    public required Headroom Headroom { get; init; }

    public int Requests => Purposes.Sum(static line => line.Requests);
}

public sealed record UsageInstance(long Id, string Name, int RateShare);

/// <summary>Requests of one step of the period.</summary>
public sealed record UsageBar(DateTimeOffset At, IReadOnlyDictionary<RequestPurpose, int> Requests)
{
    public int Total => Requests.Values.Sum();
}

/// <param name="Median">Milliseconds; null where only the counts by day are kept.</param>
/// <param name="P95">Nineteen of twenty were as quick or quicker.</param>
public sealed record PurposeLine(RequestPurpose Purpose, int Answered, int RateLimited, int Refused, int Failed, int? Median, int? P95)
{
    public int Requests => Answered + RateLimited + Refused + Failed;
}

public sealed record RunLine(
    long Id, long InstanceId, string Instance, RunKind Kind, RunOutcome Outcome, string? StartedBy, DateTimeOffset StartedAt, int Requests, int Retries, int Tickets, long WaitedMilliseconds);

public sealed record AdminLine(string Name, int Requests, int Tickets, DateTimeOffset LastAt);

/// <summary>What opening tickets cost, attachments included.</summary>
public sealed record OpenedTickets(int Count, int Requests, IReadOnlyList<OpenedTicketLine> Latest, IReadOnlyList<OpenedTicketLine> Dearest)
{
    public double? Average => Count == 0 ? null : (double)Requests / Count;
}

/// <param name="Name">Kustomer's id and the subject; null when the ticket is no longer stored.</param>
public sealed record OpenedTicketLine(long TicketId, string? Name, int Requests, DateTimeOffset LastAt);

/// <summary>What the period's runs cost beside the field's usual formula: a request for 100 tickets and one for each customer.</summary>
/// <param name="Tickets">Tickets brought: added and updated.</param>
/// <param name="Pages">Requests for pages of 100 of them, at least one a run.</param>
/// <param name="Customers">Customers with a ticket that the runs can have read.</param>
/// <param name="Requests">What the runs sent, repetitions included.</param>
public sealed record SyncPrice(long Tickets, long Pages, long Customers, long Requests)
{
    public long Usual => Pages + Customers;

    /// <summary>How many times as much the usual way would have cost.</summary>
    public double? Ratio => Requests == 0 || Tickets == 0 ? null : (double)Usual / Requests;

    public double? PerThousand => Tickets == 0 ? null : Requests * 1000d / Tickets;
}

/// <param name="All">The limit for all requests; null when it is unknown and for several organisations, which have one each.</param>
/// <param name="Searches">The limit for searches, which count against both.</param>
public sealed record Headroom(RateLine? All, RateLine? Searches, int RateLimited, TimeSpan Waited);

/// <param name="Limit">The largest limit a minute that Kustomer named in the period.</param>
/// <param name="Lowest">The fewest requests that Kustomer said were left in a minute.</param>
public sealed record RateLine(int Limit, int? Lowest);

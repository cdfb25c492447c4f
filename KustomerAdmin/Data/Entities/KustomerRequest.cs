namespace KustomerAdmin.Data.Entities;

/// <summary>A line of the ledger: one request sent to Kustomer. No key, no query, no answer.</summary>
public sealed class KustomerRequest
{
    public const int EndpointLength = 100;

    public long Id { get; set; }

    public long InstanceId { get; init; }

    public required DateTimeOffset At { get; init; }

    public RequestPurpose Purpose { get; init; }

    /// <summary>The run that caused it; null for requests that people caused.</summary>
    public long? RunId { get; init; }

    /// <summary>Name of the admin who caused it; null for the schedule.</summary>
    public string? CausedBy { get; init; }

    /// <summary>The opened ticket (<see cref="Ticket.Id"/>) that caused it.</summary>
    public long? TicketId { get; init; }

    /// <summary>The endpoint's template, such as <c>v1/conversations/{id}</c>: it names no record.</summary>
    public required string Endpoint { get; init; }

    public RequestOutcome Outcome { get; init; }

    /// <summary>HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>Requests a minute that Kustomer said it allows.</summary>
    public int? Limit { get; init; }

    /// <summary>Requests that Kustomer said are left in this minute, for everybody in the organisation.</summary>
    public int? Remaining { get; init; }

    public int Milliseconds { get; init; }
}

/// <summary>The ledger rolled up: kept when the single lines are gone.</summary>
public sealed class KustomerRequestDay
{
    public long InstanceId { get; init; }

    /// <summary>Midnight UTC.</summary>
    public required DateTimeOffset Day { get; init; }

    public RequestPurpose Purpose { get; init; }

    public RequestOutcome Outcome { get; init; }

    public int Requests { get; set; }
}

/// <summary>What a request is sent for.</summary>
public enum RequestPurpose
{
    ConnectionCheck,
    Forecast,
    Tickets,
    CustomerCounts,
    FieldNames,
    Reconciliation,
    OpenedTicket,
    Attachment,

    /// <summary>Somebody asked why a ticket is not in the list.</summary>
    TicketLookup,
}

public enum RequestOutcome
{
    Answered,

    /// <summary>429: the organisation's limit was used up.</summary>
    RateLimited,

    /// <summary>Another 4xx: the key, a role, the record or the request itself.</summary>
    Refused,

    /// <summary>5xx, no answer, or an answer that is not Kustomer's.</summary>
    Failed,
}

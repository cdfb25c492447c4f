using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Usage;

/// <summary>A request on its way into the ledger. The cause is copied: a run changes its purpose while lines wait.</summary>
internal sealed record LedgerLine(long InstanceId, RequestPurpose Purpose, long? RunId, string? CausedBy, long? TicketId, SentRequest Sent)
{
    public DateTimeOffset Day { get; } = new(Sent.At.UtcDateTime.Date, TimeSpan.Zero);

    public RequestOutcome Outcome { get; } = Sent switch
    {
        { IsAnswered: true } => RequestOutcome.Answered,
        { Status: StatusCodes.Status429TooManyRequests } => RequestOutcome.RateLimited,
        { Status: >= 400 and < 500 } => RequestOutcome.Refused,
        _ => RequestOutcome.Failed,
    };

    public static LedgerLine Of(long instanceId, RequestCause cause, SentRequest sent) =>
        new(instanceId, cause.Purpose, cause.RunId, cause.CausedBy, cause.TicketId, sent);

    /// <summary>A new row each time: one that a broken transaction has given an id cannot be inserted again.</summary>
    public KustomerRequest ToRow() => new()
    {
        InstanceId = InstanceId,
        At = Sent.At,
        Purpose = Purpose,
        RunId = RunId,
        CausedBy = CausedBy,
        TicketId = TicketId,
        Endpoint = Sent.Endpoint.Template.Length > KustomerRequest.EndpointLength ? Sent.Endpoint.Template[..KustomerRequest.EndpointLength] : Sent.Endpoint.Template,
        Outcome = Outcome,
        Status = Sent.Status,
        Limit = Sent.Limit,
        Remaining = Sent.Remaining,
        Milliseconds = (int)Math.Clamp(Sent.Duration.TotalMilliseconds, 0, int.MaxValue),
    };
}

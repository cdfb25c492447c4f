using System.Globalization;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// A request to Kustomer that did not give what was asked. The kinds below carry what a caller needs to decide;
/// the message is a sentence for people. It never holds the key, the address or a body.
/// </summary>
public abstract class KustomerException(KustomerEndpoint endpoint, string message) : Exception(message)
{
    public KustomerEndpoint Endpoint { get; } = endpoint;
}

/// <summary>401: the key is wrong, expired, deleted or may not be used from here.</summary>
public sealed class KeyRejectedException(KustomerEndpoint endpoint, KeyRejection rejection)
    : KustomerException(endpoint, Sentence(rejection))
{
    public KeyRejection Rejection { get; } = rejection;

    private static string Sentence(KeyRejection rejection) => rejection switch
    {
        KeyRejection.Unknown => "Kustomer does not accept the API key.",
        KeyRejection.Expired => "The API key has expired.",
        KeyRejection.AddressNotAllowed => "The API key may not be used from this machine's network address.",
        KeyRejection.WrongRegion => "The API key belongs to another region of Kustomer than the address that was asked.",
    };
}

/// <summary>Why Kustomer rejects a key, as far as its answer says so in words.</summary>
public enum KeyRejection
{
    /// <summary>Wrong, deleted, or a reason that the answer does not tell.</summary>
    Unknown,

    Expired,

    /// <summary>The key is restricted to a range of addresses (CIDR) that this machine is not in.</summary>
    AddressNotAllowed,

    /// <summary>https://developer.kustomer.com/docs/get-started/regions-and-base-urls</summary>
    WrongRegion,
}

/// <summary>The key is good but lacks the role that the endpoint needs (403, or 401 although the key is accepted elsewhere).</summary>
public sealed class RoleMissingException(KustomerEndpoint endpoint)
    : KustomerException(endpoint, $"The API key lacks the role {endpoint.Role ?? "for this"}.");

/// <summary>404: deleted, merged, or not visible to this key.</summary>
public sealed class RecordNotFoundException(KustomerEndpoint endpoint)
    : KustomerException(endpoint, "Kustomer has no such record: it was deleted or merged, or this key may not see it.");

/// <summary>429: the organisation's requests of this minute are used up.</summary>
public sealed class RateLimitedException(KustomerEndpoint endpoint, DateTimeOffset resetAt)
    : KustomerException(endpoint, "Kustomer's rate limit is used up for this minute.")
{
    /// <summary>When to ask again, 1 to 300 s ahead.</summary>
    public DateTimeOffset ResetAt { get; } = resetAt;
}

/// <summary>400, 409, 422 and other refusals of what was asked.</summary>
public sealed class RequestRefusedException(KustomerEndpoint endpoint, int status)
    : KustomerException(endpoint, $"Kustomer refused the request (status {status}).");

/// <summary>Kustomer did not answer, or answered with a failure of its own. Trying later may help.</summary>
/// <param name="since">For <see cref="UnavailableReason.NotAnswering"/>.</param>
public sealed class KustomerUnavailableException(KustomerEndpoint endpoint, UnavailableReason reason, int? status = null, DateTimeOffset? since = null)
    : KustomerException(endpoint, Sentence(reason, status, since))
{
    public UnavailableReason Reason { get; } = reason;

    /// <summary>What Kustomer itself says when to ask again.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    private static string Sentence(UnavailableReason reason, int? status, DateTimeOffset? since) => reason switch
    {
        UnavailableReason.HostUnknown => "There is no such Kustomer address: the subdomain is misspelt, or this machine's DNS does not answer.",
        UnavailableReason.PrivateAddress => "Kustomer's name leads to a private address on this machine, so nothing was sent. Check this machine's DNS.",
        UnavailableReason.Tls => "No secure connection to Kustomer could be made (TLS). A proxy or an old certificate store on this machine may be the cause.",
        UnavailableReason.Timeout => "Kustomer did not answer in time.",
        UnavailableReason.Connection => "The connection to Kustomer failed.",
        UnavailableReason.ServerError => $"Kustomer has a problem of its own (status {status}).",
        UnavailableReason.NotAnswering => string.Create(CultureInfo.InvariantCulture, $"Kustomer is not answering since {since:HH:mm} UTC."),
    };
}

public enum UnavailableReason
{
    HostUnknown,

    /// <summary>Kustomer's name was resolved to an address that cannot be Kustomer's.</summary>
    PrivateAddress,

    Tls,
    Timeout,
    Connection,
    ServerError,

    /// <summary>Too much failed lately; nothing is asked for a moment.</summary>
    NotAnswering,
}

/// <summary>Something answered, but not as Kustomer's API does.</summary>
public sealed class UnexpectedAnswerException(KustomerEndpoint endpoint, UnexpectedAnswer answer, string? detail = null)
    : KustomerException(endpoint, Sentence(answer, detail))
{
    public UnexpectedAnswer Answer { get; } = answer;

    private static string Sentence(UnexpectedAnswer answer, string? detail) => answer switch
    {
        UnexpectedAnswer.NotJson => "The answer is not one of Kustomer's API: a login page or a proxy may stand in between.",
        UnexpectedAnswer.Malformed => "Kustomer's answer could not be read.",
        UnexpectedAnswer.TooLarge => "Kustomer's answer is larger than the console accepts.",
        UnexpectedAnswer.Redirect => $"The answer was an unexpected redirect to {detail}. It was not followed.",
    };
}

public enum UnexpectedAnswer
{
    NotJson,
    Malformed,
    TooLarge,
    Redirect,
}

using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tickets.Fetching;

/// <summary>What an opened ticket is fetched in. Each part is a request of its own (more where a list has several pages) and fails on its own.</summary>
public enum TicketPart
{
    Conversation,
    Customer,
    Messages,
    Notes,
    People,
    Tags,
    Fields,
    Teams,
}

/// <summary>Why a part is missing, as far as the page acts on it.</summary>
public enum PartFailure
{
    None,

    /// <summary>The instance has no usable key.</summary>
    NotConnected,

    KeyRejected,
    RoleMissing,

    /// <summary>Deleted, merged, or not visible to this key.</summary>
    Gone,

    RateLimited,

    /// <summary>Kustomer has not answered lately, so nothing was sent.</summary>
    NotAsked,

    Unavailable,
}

/// <summary>A part of a ticket as it came from Kustomer, or why it did not; under way while it is neither.</summary>
public abstract record Part(string? Problem)
{
    public PartFailure Failure { get; init; }

    /// <summary>When Kustomer may be asked again; for <see cref="PartFailure.RateLimited"/>.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public abstract bool IsUnderWay { get; }
}

/// <inheritdoc cref="Part"/>
public sealed record Part<T>(T? Value, string? Problem) : Part(Problem)
    where T : class
{
    public static readonly Part<T> UnderWay = new(null, null);

    public override bool IsUnderWay => Value is null && Problem is null;

    /// <summary>The same outcome for what is made of the value.</summary>
    public Part<TOther> To<TOther>(Func<T, TOther> make)
        where TOther : class =>
        new(Value is null ? null : make(Value), Problem) { Failure = Failure, RetryAt = RetryAt };

    internal static Part<T> Of(KustomerException exception) => new(null, exception.Message)
    {
        Failure = exception switch
        {
            KeyRejectedException => PartFailure.KeyRejected,
            RoleMissingException => PartFailure.RoleMissing,
            RecordNotFoundException => PartFailure.Gone,
            RateLimitedException => PartFailure.RateLimited,
            KustomerUnavailableException { Reason: UnavailableReason.NotAnswering } => PartFailure.NotAsked,
            _ => PartFailure.Unavailable,
        },
        RetryAt = (exception as RateLimitedException)?.ResetAt,
    };
}

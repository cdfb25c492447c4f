namespace KustomerAdmin.Kustomer;

/// <summary>
/// Counts the requests that are sent for one purpose, a sync run or one opened ticket, and hands on what became of each.
/// </summary>
public sealed class RequestMeter(RequestPriority priority = RequestPriority.Interactive)
{
    private int _sent;
    private int _retries;

    /// <summary>Raised after each request that was sent.</summary>
    public event Action? Changed;

    /// <summary>Raised when a request's outcome is known.</summary>
    public event Action<SentRequest>? Finished;

    public RequestPriority Priority { get; } = priority;

    /// <summary>Several meters may share one, where several clients serve one purpose.</summary>
    internal RetryAllowance Allowance { get; init; } = new();

    /// <summary>
    /// Told before requests wait for the rate limit, with the moment it ends at, and with null when they go on. Only a wait that
    /// people would notice is told.
    /// </summary>
    public Func<DateTimeOffset?, CancellationToken, Task>? OnWaitAsync { get; init; }

    /// <summary>Requests sent, those sent again among them.</summary>
    public int Sent => Volatile.Read(ref _sent);

    /// <summary>Requests sent again after a fault.</summary>
    public int Retries => Volatile.Read(ref _retries);

    internal void Add()
    {
        Interlocked.Increment(ref _sent);
        Changed?.Invoke();
    }

    internal void AddRetry() => Interlocked.Increment(ref _retries);

    internal void Finish(SentRequest request) => Finished?.Invoke(request);
}

/// <summary>Who goes first when the rate limit is short.</summary>
public enum RequestPriority
{
    /// <summary>A person waits: goes before the sync, fails soon.</summary>
    Interactive,

    /// <summary>Keeps to the instance's share of the limit, waits as long as it takes.</summary>
    Batch,
}

/// <summary>One request that was sent, and what became of it.</summary>
/// <param name="Status">HTTP status; null when no answer came.</param>
/// <param name="IsAnswered">Whether what was asked for came.</param>
/// <param name="Limit">Requests a minute that Kustomer said it allows.</param>
/// <param name="Remaining">Requests that Kustomer said are left in this minute.</param>
public sealed record SentRequest(KustomerEndpoint Endpoint, DateTimeOffset At, TimeSpan Duration, int? Status, bool IsAnswered, int? Limit, int? Remaining);

namespace KustomerAdmin.Sandbox.Control;

/// <summary>One request as it came in. The key itself is never kept, only whether there was one.</summary>
public sealed record LoggedRequest(DateTimeOffset At, string Method, string Path, string? Organization, bool HadAuthorization)
{
    /// <summary>Of the answer as it began; 0 before, and when there was none.</summary>
    public int Status { get; set; }
}

/// <summary>The last requests, and counts of all since the start by endpoint.</summary>
public sealed class RequestLog
{
    private const int Kept = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<LoggedRequest> _recent = new(Kept);
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<LoggedRequest> Recent
    {
        get
        {
            lock (_gate)
            {
                return [.. _recent];
            }
        }
    }

    /// <summary>Requests by "organisation method template", for example "acme POST /v1/customers/search".</summary>
    public IReadOnlyDictionary<string, int> Counts
    {
        get
        {
            lock (_gate)
            {
                return new Dictionary<string, int>(_counts, StringComparer.Ordinal);
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _recent.Clear();
            _counts.Clear();
        }
    }

    internal void Add(LoggedRequest request, string template)
    {
        lock (_gate)
        {
            if (_recent.Count == Kept)
            {
                _recent.Dequeue();
            }

            _recent.Enqueue(request);
            var name = $"{request.Organization ?? "-"} {request.Method} {template}";
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
        }
    }
}

namespace KustomerAdmin.Tickets.Fetching;

/// <summary>
/// One request for all who want the same at the same moment. It lives only while somebody waits for it: who comes after its end asks anew, and
/// who leaves takes it away from nobody. Nothing of an answer stays here.
/// </summary>
public sealed class SharedFetches
{
    private readonly Lock _gate = new();
    private readonly Dictionary<FetchKey, Fetch> _underWay = [];

    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _underWay.Count;
            }
        }
    }

    /// <param name="fetchAsync">Called by the first who comes; it is cancelled when the last one has left.</param>
    /// <param name="onJoined">Called when somebody else's fetch is waited for.</param>
    internal async Task<T> JoinAsync<T>(FetchKey key, Func<CancellationToken, Task<T>> fetchAsync, Action onJoined, CancellationToken cancellationToken)
    {
        Fetch? fetch;
        bool isFirst;
        lock (_gate)
        {
            isFirst = !_underWay.TryGetValue(key, out fetch);
            fetch ??= _underWay[key] = new Fetch();
            fetch.Waiting++;
        }

        try
        {
            if (isFirst)
            {
                // Not on the circuit of the first one: it may end while others wait.
                fetch.Task = Task.Run(() => RunAsync(key, fetch, fetchAsync), CancellationToken.None);
                fetch.Started.SetResult();
            }
            else
            {
                onJoined();
                await fetch.Started.Task;
            }

            return await ((Task<T>)fetch.Task!).WaitAsync(cancellationToken);
        }
        finally
        {
            Leave(key, fetch);
        }
    }

    private async Task<T> RunAsync<T>(FetchKey key, Fetch fetch, Func<CancellationToken, Task<T>> fetchAsync)
    {
        try
        {
            return await fetchAsync(fetch.Abandoned.Token);
        }
        finally
        {
            lock (_gate)
            {
                Remove(key, fetch);
            }
        }
    }

    private void Leave(FetchKey key, Fetch fetch)
    {
        bool isLast;
        lock (_gate)
        {
            isLast = --fetch.Waiting == 0;
            if (isLast)
            {
                Remove(key, fetch);
            }
        }

        if (isLast)
        {
            fetch.Abandoned.Cancel();
        }
    }

    private void Remove(FetchKey key, Fetch fetch)
    {
        if (_underWay.TryGetValue(key, out var present) && ReferenceEquals(present, fetch))
        {
            _underWay.Remove(key);
        }
    }

    private sealed class Fetch
    {
        public int Waiting { get; set; }

        public Task? Task { get; set; }

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Holds no timer and no handle, so it needs no disposal.</summary>
        public CancellationTokenSource Abandoned { get; } = new();
    }
}

/// <summary>What is fetched.</summary>
/// <param name="Envelope">The key it is fetched with: an answer to one key is not shown for another.</param>
/// <param name="TicketId">Null for what all tickets of the instance share.</param>
internal sealed record FetchKey(long InstanceId, string Envelope, string? TicketId, TicketPart Part);

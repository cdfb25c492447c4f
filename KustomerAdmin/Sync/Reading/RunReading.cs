using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync.Storing;

namespace KustomerAdmin.Sync.Reading;

/// <summary>What reads Kustomer in a run: its client, whose run it is, and what has been read that is not finished yet.</summary>
/// <param name="TakeRequests">Requests sent since it was last asked.</param>
internal sealed record RunReading(KustomerClient Client, SyncRunState Run, Func<int> TakeRequests)
{
    /// <summary>Where tickets were added or updated: their customers are to be counted.</summary>
    public ReadWindows News { get; } = new();

    public bool HasUnnamedFields { get; set; }

    public IAsyncEnumerable<WalkedPage<MappedTicket>> WalkAsync(SearchQuery start, bool isArchive, CancellationToken cancellationToken)
    {
        var walk = new KeysetWalk<MappedTicket>(
            (query, cancellation) => isArchive ? Client.SearchArchiveAsync(query, TicketMapper.Map, cancellation) : Client.SearchConversationsAsync(query, TicketMapper.Map, cancellation),
            static ticket => ticket.KustomerId,
            static ticket => ticket.UpdatedAt,
            static ticket => ticket.CreatedAt);
        return walk.ReadAsync(start, cancellationToken).OneAheadAsync(cancellationToken);
    }
}

/// <summary>Spans of <i>updated at</i>, put together where nothing can lie between them: each costs a request.</summary>
internal sealed class ReadWindows
{
    private static readonly TimeSpan s_precision = TimeSpan.FromMilliseconds(1);

    private readonly List<(DateTimeOffset From, DateTimeOffset? To)> _windows = [];

    /// <returns>One of them, which with that is none any more; null when none is left.</returns>
    public (DateTimeOffset From, DateTimeOffset? To)? Take()
    {
        if (_windows is not [var first, ..])
        {
            return null;
        }

        _windows.RemoveAt(0);
        return first;
    }

    public void Add(DateTimeOffset from, DateTimeOffset? to)
    {
        var touching = _windows.FindAll(window => (to is null || window.From <= to + s_precision) && (window.To is null || window.To + s_precision >= from));
        _windows.RemoveAll(touching.Contains);
        _windows.Add((
            touching.Select(window => window.From).Append(from).Min(),
            to is null || touching.Exists(static window => window.To is null) ? null : touching.Select(window => window.To).Append(to).Max()));
    }
}

using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Sync.Reading;

/// <summary>
/// Pages of one search that had to be read by number, because the bound could not move: they share one moment, or nothing of them could be read.
/// A page follows only when nothing has moved since the one before it, so that nothing between them is skipped.
/// </summary>
internal sealed class PageTrail<T>(SearchPages<T> pages)
{
    /// <summary>A search may stop counting here.</summary>
    private const int CountedTo = 10_000;

    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private RecordPage<T>? _last;

    public int NextPage { get; private set; } = 1;

    /// <summary>The moment that everything readable of the trail has in common.</summary>
    public DateTimeOffset? Moment { get; private set; }

    public void Add(RecordPage<T> page, DateTimeOffset? moment)
    {
        if (NextPage >= SearchPages<T>.LastPage)
        {
            throw new SyncException("More records in a row cannot be read than Kustomer's search can list, so the way past them is not known. Nothing behind them was read.");
        }

        _met.UnionWith(pages.Keys(page));
        (_last, Moment) = (page, moment ?? Moment);
        NextPage++;
    }

    public async Task<bool> FollowsAsync(SearchQuery query, RecordPage<T> page, CancellationToken cancellationToken)
    {
        if (_last is null)
        {
            return true;
        }

        if (_met.Overlaps(pages.Keys(page)))
        {
            return false;
        }

        // Downwards, what changes leaves the window and makes it smaller; upwards it comes again at the end.
        if (query.IsDescending && page.Total is { } total and not CountedTo)
        {
            return total == _last.Total;
        }

        return await pages.AskAsync(query with { Page = query.Page - 1 }, cancellationToken) is { } again
            && pages.Keys(again).ToHashSet(StringComparer.Ordinal).SetEquals(pages.Keys(_last));
    }

    public void Clear()
    {
        _met.Clear();
        (_last, Moment, NextPage) = (null, null, 1);
    }
}

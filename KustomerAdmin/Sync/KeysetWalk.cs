using System.Runtime.CompilerServices;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Sync;

/// <summary>A page of a walk, and how far everything is now read.</summary>
internal sealed record WalkedPage<T>(RecordPage<T> Page, DateTimeOffset Reached);

/// <summary>
/// Reads a search oldest first by an inclusive bound on <i>updated at</i>, always its first page: records that change while pages are
/// read move to the end, where they are met again, and none is skipped as page numbers would. Records are met twice where pages touch.
/// </summary>
internal sealed class KeysetWalk<T>(
    Func<SearchQuery, CancellationToken, Task<RecordPage<T>>> search,
    Func<T, string> idOf,
    Func<T, DateTimeOffset> updatedAtOf)
{
    /// <summary>Kustomer's search ends here, whatever follows (https://developer.kustomer.com/docs/concepts/search).</summary>
    private const int LastPage = 100;

    private static readonly TimeSpan s_precision = TimeSpan.FromMilliseconds(1);

    public async IAsyncEnumerable<WalkedPage<T>> ReadAsync(SearchQuery start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var from = start.UpdatedFrom; ;)
        {
            var page = await search(start with { UpdatedFrom = from }, cancellationToken);
            if (page.Records.Count == 0)
            {
                if (HasMore(page))
                {
                    throw new SyncException("Kustomer's answer holds a page of nothing but records that cannot be read, so the way past them is not known. Open them in Kustomer, or tell Kustomer's support.");
                }

                yield break;
            }

            var (first, last) = (page.Records.Min(updatedAtOf), page.Records.Max(updatedAtOf));
            if (last < from || (first < last && last <= from))
            {
                throw new SyncException("Kustomer's search gives the same tickets again and again instead of going on.");
            }

            yield return new WalkedPage<T>(page, last);
            if (!HasMore(page))
            {
                yield break;
            }

            if (first < last)
            {
                from = last;
                continue;
            }

            await foreach (var tied in ReadTiesAsync(start, last, cancellationToken))
            {
                yield return new WalkedPage<T>(tied, last);
            }

            from = last + s_precision;
        }
    }

    /// <summary>More records share one moment than a page holds: that moment alone, page by page, until two passes saw the same ids.</summary>
    private async IAsyncEnumerable<RecordPage<T>> ReadTiesAsync(SearchQuery start, DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string>? before = null;
        while (true)
        {
            HashSet<string> seen = new(StringComparer.Ordinal);
            for (var number = 1; ; number++)
            {
                if (number > LastPage)
                {
                    throw new SyncException($"More tickets share the moment {moment:u} than Kustomer's search can list. Nothing after it was read.");
                }

                var page = await search(start with { UpdatedFrom = moment, UpdatedTo = moment, Page = number }, cancellationToken);
                seen.UnionWith(page.Records.Select(idOf));
                yield return page;
                if (!HasMore(page))
                {
                    break;
                }
            }

            if (before?.SetEquals(seen) == true)
            {
                yield break;
            }

            before = seen;
        }
    }

    /// <summary>A page may hold less than it could although more follows, and a full one may be the last.</summary>
    private static bool HasMore(RecordPage<T> page) => page.HasNext || page.Count >= page.PageSize;
}

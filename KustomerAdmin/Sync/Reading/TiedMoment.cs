using System.Runtime.CompilerServices;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Sync.Reading;

/// <summary>
/// More records share one moment than a page holds: that moment alone, page by page, until two passes saw the same records. More than a search can
/// list are told apart by when they were created.
/// </summary>
internal sealed class TiedMoment<T>(SearchPages<T> pages, Func<T, DateTimeOffset?>? createdAtOf)
{
    public async IAsyncEnumerable<RecordPage<T>> ReadAsync(SearchQuery moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string>? before = null;
        while (true)
        {
            HashSet<string>? seen = new(StringComparer.Ordinal);
            for (var number = 1; ; number++)
            {
                if (number > SearchPages<T>.LastPage)
                {
                    await foreach (var page in SplitAsync(moment, cancellationToken))
                    {
                        yield return page;
                    }

                    yield break;
                }

                if (await pages.AskAsync(moment with { Page = number }, cancellationToken) is not { } tied)
                {
                    seen = null;
                    break;
                }

                seen.UnionWith(pages.Keys(tied));
                yield return tied;
                if (!SearchPages<T>.HasMore(tied, number))
                {
                    break;
                }

                if (tied.TotalPages > SearchPages<T>.LastPage)
                {
                    number = SearchPages<T>.LastPage;
                }
            }

            if (seen is not null && before?.SetEquals(seen) == true)
            {
                yield break;
            }

            before = seen;
        }
    }

    /// <summary>When a record was created never changes, so an inclusive bound on it, always the first page, skips none.</summary>
    private async IAsyncEnumerable<RecordPage<T>> SplitAsync(SearchQuery moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (createdAtOf is null || moment.CreatedFrom is not null)
        {
            throw Overflow(moment);
        }

        // In the order of creation both ways: how the walk goes does not matter within one moment.
        var query = moment with { Order = SearchOrder.CreatedAt, IsDescending = false };
        for (DateTimeOffset? from = null; ;)
        {
            var page = (await pages.AskAsync(query with { CreatedFrom = from }, cancellationToken))!;
            var created = page.Records.Select(createdAtOf).ToList();
            if (created.Contains(null) || created.Count == 0)
            {
                throw Overflow(moment);
            }

            var (first, last) = (created.Min(), created.Max());
            if (last < from || (first < last && last <= from))
            {
                throw Overflow(moment);
            }

            yield return page;
            if (!SearchPages<T>.HasMore(page, 1))
            {
                yield break;
            }

            if (first < last)
            {
                from = last;
                continue;
            }

            await foreach (var tied in ReadAsync(query with { CreatedFrom = last, CreatedTo = last }, cancellationToken))
            {
                yield return tied;
            }

            from = last + KeysetWalk<T>.Precision;
        }
    }

    private static SyncException Overflow(SearchQuery moment) =>
        new($"Window overflow: more tickets share the moment {moment.UpdatedFrom:u} than Kustomer's search can list. Nothing behind it was read.");
}

using System.Runtime.CompilerServices;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Sync.Reading;

/// <summary>A page of a walk, and how far everything is now read; null while that is not known.</summary>
internal sealed record WalkedPage<T>(RecordPage<T> Page, DateTimeOffset? Reached);

/// <summary>
/// Reads a search by an inclusive bound on <i>updated at</i> that moves with every page, upwards or downwards as the query says, and asks for first
/// pages: records that change while pages are read come to be the newest, and none is skipped as page numbers would. Records are met twice
/// where pages touch.
/// </summary>
/// <param name="createdAtOf">Tells apart more records of one moment than a search can list; without it there is no way past them.</param>
internal sealed class KeysetWalk<T>(
    Func<SearchQuery, CancellationToken, Task<RecordPage<T>>> search,
    Func<T, string> idOf,
    Func<T, DateTimeOffset> updatedAtOf,
    Func<T, DateTimeOffset?>? createdAtOf = null)
{
    internal static readonly TimeSpan Precision = TimeSpan.FromMilliseconds(1);

    private const int MostRestarts = 5;

    public async IAsyncEnumerable<WalkedPage<T>> ReadAsync(SearchQuery start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = new SearchPages<T>(search, idOf, start.PageSize);
        var trail = new PageTrail<T>(pages);
        var bound = start.IsDescending ? start.UpdatedTo : start.UpdatedFrom;
        for (var restarts = 0; start.UpdatedFrom is null || start.UpdatedTo is null || start.UpdatedFrom <= start.UpdatedTo;)
        {
            var query = (start.IsDescending ? start with { UpdatedTo = bound } : start with { UpdatedFrom = bound }) with { Page = trail.NextPage };
            var page = await pages.AskAsync(query, cancellationToken);
            if (page is null || !await trail.FollowsAsync(query, page, cancellationToken))
            {
                if (page is not null && trail.Moment is { } unsteady)
                {
                    await foreach (var tied in TiedAsync(pages, start, unsteady, cancellationToken))
                    {
                        yield return tied;
                    }

                    bound = Beyond(start, unsteady);
                }
                else if (page is not null && ++restarts > MostRestarts)
                {
                    throw new SyncException("Kustomer's answer holds a page of nothing but records that cannot be read, and the way past them is not known. Open them in Kustomer, or tell Kustomer's support.");
                }

                trail.Clear();
                continue;
            }

            if (page.Count == 0)
            {
                yield break;
            }

            var (near, far) = Ends(start, page);
            if (far is { } reached)
            {
                Check(start, bound, near, reached);
            }

            yield return new WalkedPage<T>(page, far ?? bound);
            if (!SearchPages<T>.HasMore(page, query.Page))
            {
                yield break;
            }

            if (far is null || (near == far && (trail.Moment is null || trail.Moment == far)))
            {
                if (far is null || (start.IsDescending && page.Count >= page.PageSize && trail.NextPage < SearchPages<T>.LastPage))
                {
                    trail.Add(page, far);
                    continue;
                }

                await foreach (var tied in TiedAsync(pages, start, far.Value, cancellationToken))
                {
                    yield return tied;
                }

                bound = Beyond(start, far.Value);
            }
            else
            {
                bound = far;
            }

            if (start.IsDescending ? bound < start.UpdatedFrom : bound > start.UpdatedTo)
            {
                yield break;
            }

            restarts = 0;
            trail.Clear();
            pages.Grow();
        }
    }

    private static DateTimeOffset Beyond(SearchQuery start, DateTimeOffset moment) => start.IsDescending ? moment - Precision : moment + Precision;

    private async IAsyncEnumerable<WalkedPage<T>> TiedAsync(SearchPages<T> pages, SearchQuery start, DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in new TiedMoment<T>(pages, createdAtOf).ReadAsync(start with { UpdatedFrom = moment, UpdatedTo = moment }, cancellationToken))
        {
            yield return new WalkedPage<T>(page, moment);
        }
    }

    private (DateTimeOffset? Near, DateTimeOffset? Far) Ends(SearchQuery start, RecordPage<T> page)
    {
        if (page.Records.Count == 0)
        {
            return (null, null);
        }

        var (first, last) = (page.Records.Min(updatedAtOf), page.Records.Max(updatedAtOf));
        return start.IsDescending ? (last, first) : (first, last);
    }

    private static void Check(SearchQuery start, DateTimeOffset? bound, DateTimeOffset? near, DateTimeOffset far)
    {
        if (bound is not { } from)
        {
            return;
        }

        var progress = start.IsDescending ? from - far : far - from;
        if (progress < TimeSpan.Zero || (progress == TimeSpan.Zero && near != far))
        {
            throw new SyncException("Kustomer's search gives the same tickets again and again instead of going on.");
        }
    }
}

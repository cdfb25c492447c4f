using System.Globalization;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Sync.Reading;

/// <summary>
/// The pages of a search, in a size that the gateway accepts: one that is too large is halved, and a record that is too large alone stands as one that
/// cannot be read.
/// </summary>
internal sealed class SearchPages<T>(Func<SearchQuery, CancellationToken, Task<RecordPage<T>>> search, Func<T, string> idOf, int pageSize)
{
    /// <summary>Kustomer's search ends here, whatever follows (https://developer.kustomer.com/docs/concepts/search).</summary>
    public const int LastPage = 100;

    private readonly int _fullSize = pageSize;
    private int _size = pageSize;

    /// <returns>Null when pages became smaller, so that page numbers mean something else: begin again with the first.</returns>
    public async Task<RecordPage<T>?> AskAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await search(query with { PageSize = _size }, cancellationToken);
            }
            catch (UnexpectedAnswerException exception) when (exception.Answer is UnexpectedAnswer.TooLarge)
            {
                if (_size == 1)
                {
                    return TooLarge(query);
                }

                _size /= 2;
                if (query.Page > 1)
                {
                    return null;
                }
            }
        }
    }

    /// <summary>What was too large lies behind: towards full pages again.</summary>
    public void Grow() => _size = Math.Min(_fullSize, _size * 2);

    /// <summary>Names each record of a page, those without an id too.</summary>
    public IEnumerable<string> Keys(RecordPage<T> page) => page.Records.Select(idOf).Concat(page.Unreadable.Select(static record => record.Id ?? record.Fingerprint));

    /// <summary>A page may hold less than it could although more follows, and a full one may be the last.</summary>
    public static bool HasMore(RecordPage<T> page, int number) => page.HasNext || (page.Count >= page.PageSize && !(page.TotalPages <= number));

    private static RecordPage<T> TooLarge(SearchQuery query) => new()
    {
        Records = [],
        Unreadable = [UnreadableRecord.TooLarge(id: null, string.Create(CultureInfo.InvariantCulture, $"{query.UpdatedFrom:O} {query.UpdatedTo:O} {query.CreatedFrom:O} {query.Page}"))],
        PageSize = 1,
        HasNext = true,
    };
}

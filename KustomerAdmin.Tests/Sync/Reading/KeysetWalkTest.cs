using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync.Reading;

namespace KustomerAdmin.Tests.Sync.Reading;

/// <summary>Walks over a shelf of books that stands in for Kustomer's search.</summary>
public abstract class KeysetWalkTest
{
    private protected static DateTimeOffset? Walk(Shelf shelf, DateTimeOffset? from, Dictionary<int, int> seen)
    {
        var reached = from;
        Run(shelf, new SearchQuery { UpdatedFrom = from }, page =>
        {
            See(seen, page);
            reached = page.Reached;
        });
        return reached;
    }

    private protected static int See(Dictionary<int, int> seen, WalkedPage<Book> page)
    {
        foreach (var book in page.Page.Records)
        {
            seen[book.Id] = Math.Max(seen.GetValueOrDefault(book.Id, -1), book.UpdatedAt);
        }

        return seen.Count;
    }

    private protected static void Run(Shelf shelf, SearchQuery start, Action<WalkedPage<Book>> look, Func<Book, DateTimeOffset?>? createdAtOf = null, int most = int.MaxValue) =>
        Run(new KeysetWalk<Book>(shelf.SearchAsync, IdOf, At, createdAtOf), start, look, most);

    private protected static void Run(KeysetWalk<Book> walk, SearchQuery start, Action<WalkedPage<Book>> look, int most = int.MaxValue)
    {
#pragma warning disable VSTHRD002 // The shelf answers at once, so nothing here ever waits.
        var pages = walk.ReadAsync(start, CancellationToken.None).GetAsyncEnumerator();
        while (most-- > 0 && pages.MoveNextAsync() is var next && next.IsCompleted && next.Result)
        {
            look(pages.Current);
        }
#pragma warning restore VSTHRD002
    }

    private protected static DateTimeOffset? CreatedAt(Book book) => DateTimeOffset.UnixEpoch.AddMilliseconds(book.Id / 3);

    private protected static string IdOf(Book book) => $"{book.Id}";

    private protected static DateTimeOffset At(Book book) => DateTimeOffset.UnixEpoch.AddMilliseconds(book.UpdatedAt);

    private protected static RecordPage<Book> Page(List<Book> books, int pageSize, bool hasNext, Func<Book, bool>? isUnreadable = null) => new()
    {
        Records = [.. books.Where(book => isUnreadable?.Invoke(book) != true)],
        Unreadable = [.. books.Where(book => isUnreadable?.Invoke(book) == true).Select(book => new UnreadableRecord($"{book.Id}", "x") { Fingerprint = $"f{book.Id}" })],
        PageSize = pageSize,
        HasNext = hasNext,
    };

    private protected sealed record Book(int Id, int UpdatedAt);

    /// <param name="Stamps">When each record was updated; many share one.</param>
    /// <param name="Changes">Records that change or appear while pages are read.</param>
    /// <param name="IsShort">Whether pages may hold less than a page although more follows.</param>
    private protected sealed record Case(int PageSize, int[] Stamps, int Seed, int Changes, int Unreadable, bool IsShort, bool TellsTotals = false);

    private protected sealed class Shelf(Case drawn)
    {
        private readonly Random _random = new(drawn.Seed);
        private readonly List<Book> _books = [.. drawn.Stamps.Select((stamp, id) => new Book(id, stamp))];
        private int _now = 10_000;
        private int _changesLeft = drawn.Changes;

        public int Requests => Pages.Count;

        public List<int> Pages { get; } = [];

        /// <summary>Records of a page that the gateway still accepts.</summary>
        public int Largest { get; init; } = int.MaxValue;

        /// <summary>The record that is too large alone.</summary>
        public int TooLarge { get; init; } = -1;

        public IEnumerable<Book> Readable => _books.Where(book => !IsUnreadable(book));

        public void ComesToRest() => _changesLeft = 0;

        public Task<RecordPage<Book>> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
        {
            Pages.Add(query.Page);
            Requests.ShouldBeLessThan(20 + (8 * (_books.Count + drawn.Changes)), "requests are bounded");
            var size = Math.Min(query.PageSize, drawn.PageSize);
            var all = _books.Where(book => (query.UpdatedFrom is not { } from || At(book) >= from) && (query.UpdatedTo is not { } to || At(book) <= to)
                && (query.CreatedFrom is not { } after || CreatedAt(book) >= after) && (query.CreatedTo is not { } before || CreatedAt(book) <= before)).ToList();
            var found = (query.Order is SearchOrder.CreatedAt ? all.OrderBy(CreatedAt) : query.IsDescending ? all.OrderByDescending(book => book.UpdatedAt) : all.OrderBy(book => book.UpdatedAt))
                .ThenBy(book => book.Id).Skip((query.Page - 1) * size).ToList();
            if (size > Largest || found.Take(size).Any(book => book.Id == TooLarge))
            {
                throw new UnexpectedAnswerException(KustomerRoutes.Search.Endpoint, UnexpectedAnswer.TooLarge);
            }

            var isMoment = query.UpdatedFrom == query.UpdatedTo && query.UpdatedTo is not null;
            var length = drawn.IsShort && query.Page == 1 && !isMoment && found.Count > 2 ? _random.Next(2, size + 1) : size;
            var page = Page([.. found.Take(length)], size, found.Count > length, IsUnreadable) with { Total = drawn.TellsTotals ? all.Count : null };
            Change();
            return Task.FromResult(page);
        }

        private bool IsUnreadable(Book book) => book.Id < drawn.Unreadable;

        private void Change()
        {
            for (; _changesLeft > 0 && _random.Next(3) > 0; _changesLeft--)
            {
                if (_books.Count == 0 || _random.Next(4) == 0)
                {
                    _books.Add(new Book(_books.Count, ++_now));
                }
                else
                {
                    // Often several at once, as a bulk edit does.
                    _now++;
                    for (var edited = _random.Next(1, 4); edited > 0; edited--)
                    {
                        var position = _random.Next(_books.Count);
                        _books[position] = _books[position] with { UpdatedAt = _now };
                    }
                }
            }
        }
    }
}

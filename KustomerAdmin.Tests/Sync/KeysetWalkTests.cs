using FsCheck.Fluent;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync;

namespace KustomerAdmin.Tests.Sync;

public sealed class KeysetWalkTests
{
    private static readonly FsCheck.Gen<Case> s_cases =
        from pageSize in Gen.Choose(2, 6)
        from stamps in Gen.Choose(0, 25).ListOf(60)
        from count in Gen.Choose(0, 60)
        from seed in Gen.Choose(0, 1_000_000)
        from changes in Gen.Choose(0, 20)
        from unreadable in Gen.Choose(0, 1)
        from isShort in Gen.Elements(true, false)
        select new Case(pageSize, [.. stamps.Take(count)], seed, changes, unreadable, isShort);

    [Fact]
    public void Walk_RecordsChangeWhilePagesAreRead_SeesTheLastVersionOfEach() => Holds.ForAll(
        s_cases,
        drawn =>
        {
            var shelf = new Shelf(drawn);
            Dictionary<int, int> seen = [];

            var cursor = Walk(shelf, null, seen);
            shelf.ComesToRest();
            Walk(shelf, cursor, seen);

            shelf.Readable.ShouldAllBe(book => seen.GetValueOrDefault(book.Id, -1) == book.UpdatedAt);
        },
        runs: 1500);

    [Fact]
    public void Walk_ThousandsWithATieLargerThanAPage_CostsHardlyMoreThanThePages()
    {
        var shelf = new Shelf(new Case(500, [.. Enumerable.Range(0, 4000), .. Enumerable.Repeat(2000, 700)], 1, 0, 0, false));
        Dictionary<int, int> seen = [];

        Walk(shelf, null, seen);

        seen.Count.ShouldBe(4700);
        shelf.Requests.ShouldBeLessThanOrEqualTo(17);
    }

    [Fact]
    public void Walk_TheSearchIgnoresItsBound_EndsInsteadOfAskingForEver()
    {
        var requests = 0;
        var page = Page([new Book(1, 5), new Book(2, 9)], pageSize: 2, hasNext: true);
        var walk = new KeysetWalk<Book>((_, _) => ++requests < 100 ? Task.FromResult(page) : throw new InvalidOperationException("It asks for ever."), IdOf, At);

        var read = () => Run(walk, null, static _ => { });

        read.ShouldThrow<SyncException>();
        requests.ShouldBeLessThan(5);
    }

    [Fact]
    public void Walk_AWholePageCannotBeRead_SaysSoInsteadOfSkipping()
    {
        var page = new RecordPage<Book> { Records = [], Unreadable = [new UnreadableRecord("1", "x"), new UnreadableRecord("2", "x")], PageSize = 2 };

        var read = () => Run(new KeysetWalk<Book>((_, _) => Task.FromResult(page), IdOf, At), null, static _ => { });

        read.ShouldThrow<SyncException>();
    }

    [Fact]
    public void Walk_MoreTiesThanTheSearchCanList_StopsInsteadOfSkipping()
    {
        var shelf = new Shelf(new Case(2, [.. Enumerable.Repeat(7, 250)], 1, 0, 0, false));

        var read = () => { _ = Walk(shelf, null, []); };

        read.ShouldThrow<SyncException>();
        shelf.Pages.Max().ShouldBe(100);
    }

    private static DateTimeOffset? Walk(Shelf shelf, DateTimeOffset? from, Dictionary<int, int> seen)
    {
        var reached = from;
        Run(new KeysetWalk<Book>(shelf.SearchAsync, IdOf, At), from, page =>
        {
            foreach (var book in page.Page.Records)
            {
                seen[book.Id] = Math.Max(seen.GetValueOrDefault(book.Id, -1), book.UpdatedAt);
            }

            reached = page.Reached;
        });
        return reached;
    }

    private static void Run(KeysetWalk<Book> walk, DateTimeOffset? from, Action<WalkedPage<Book>> look)
    {
        // The shelf answers at once, so nothing here ever waits.
#pragma warning disable VSTHRD002
        var pages = walk.ReadAsync(new SearchQuery { UpdatedFrom = from }, CancellationToken.None).GetAsyncEnumerator();
        while (pages.MoveNextAsync() is var next && next.IsCompleted && next.Result)
        {
            look(pages.Current);
        }
#pragma warning restore VSTHRD002
    }

    private static string IdOf(Book book) => $"{book.Id}";

    private static DateTimeOffset At(Book book) => DateTimeOffset.UnixEpoch.AddMilliseconds(book.UpdatedAt);

    private static RecordPage<Book> Page(List<Book> books, int pageSize, bool hasNext, Func<Book, bool>? isUnreadable = null) => new()
    {
        Records = [.. books.Where(book => isUnreadable?.Invoke(book) != true)],
        Unreadable = [.. books.Where(book => isUnreadable?.Invoke(book) == true).Select(book => new UnreadableRecord($"{book.Id}", "x"))],
        PageSize = pageSize,
        HasNext = hasNext,
    };

    private sealed record Book(int Id, int UpdatedAt);

    /// <param name="Stamps">When each record was updated; many share one.</param>
    /// <param name="Changes">Records that change or appear while pages are read.</param>
    /// <param name="IsShort">Whether pages may hold less than a page although more follows.</param>
    private sealed record Case(int PageSize, int[] Stamps, int Seed, int Changes, int Unreadable, bool IsShort);

    private sealed class Shelf(Case drawn)
    {
        private readonly Random _random = new(drawn.Seed);
        private readonly List<Book> _books = [.. drawn.Stamps.Select((stamp, id) => new Book(id, stamp))];
        private int _now = 10_000;
        private int _changesLeft = drawn.Changes;

        public int Requests => Pages.Count;

        public List<int> Pages { get; } = [];

        public IEnumerable<Book> Readable => _books.Where(book => !IsUnreadable(book));

        public void ComesToRest() => _changesLeft = 0;

        public Task<RecordPage<Book>> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
        {
            Pages.Add(query.Page);
            Requests.ShouldBeLessThan(20 + (8 * (_books.Count + drawn.Changes)), "requests are bounded");
            var found = _books.Where(book => (query.UpdatedFrom is not { } from || At(book) >= from) && (query.UpdatedTo is not { } to || At(book) <= to))
                .OrderBy(book => book.UpdatedAt).ThenBy(book => book.Id).Skip((query.Page - 1) * drawn.PageSize).ToList();
            var length = drawn.IsShort && query.UpdatedTo is null && found.Count > 2 ? _random.Next(2, drawn.PageSize + 1) : drawn.PageSize;
            var page = Page([.. found.Take(length)], drawn.PageSize, found.Count > length, IsUnreadable);
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

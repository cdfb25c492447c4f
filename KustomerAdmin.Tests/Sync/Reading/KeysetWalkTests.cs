using FsCheck.Fluent;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Reading;

namespace KustomerAdmin.Tests.Sync.Reading;

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
        from tellsTotals in Gen.Elements(true, false)
        select new Case(pageSize, [.. stamps.Take(count)], seed, changes, unreadable, isShort, tellsTotals);

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
    public void WalkDown_RecordsChangeWhilePagesAreRead_TheWalkUpFromItsBeginningSeesTheRest() => Holds.ForAll(
        s_cases,
        drawn =>
        {
            var shelf = new Shelf(drawn);
            Dictionary<int, int> seen = [];

            var began = At(new Book(0, 10_000));
            Run(shelf, new SearchQuery { IsDescending = true }, page => See(seen, page));
            shelf.ComesToRest();
            Walk(shelf, began, seen);

            shelf.Readable.ShouldAllBe(book => seen.GetValueOrDefault(book.Id, -1) == book.UpdatedAt);
        },
        runs: 1500);

    [Fact]
    public void WalkDown_StoppedAfterAnyPage_GoesOnFromWhereItReached() => Holds.ForAll(
        s_cases,
        drawn =>
        {
            var shelf = new Shelf(drawn with { Changes = 0 });
            Dictionary<int, int> seen = [];

            DateTimeOffset? reached = null;
            Run(shelf, new SearchQuery { IsDescending = true }, page => reached = See(seen, page) >= 0 ? page.Reached : null, most: 1 + (drawn.Seed % 5));
            Run(shelf, new SearchQuery { IsDescending = true, UpdatedTo = reached }, page => See(seen, page));

            shelf.Readable.ShouldAllBe(book => seen.ContainsKey(book.Id));
        },
        runs: 500);

    [Fact]
    public void WalkDown_ATieLargerThanAPage_CostsNoMoreThanThePages()
    {
        var shelf = new Shelf(new Case(500, [.. Enumerable.Range(0, 4000), .. Enumerable.Repeat(2000, 1700)], 1, 0, 0, false, TellsTotals: true));
        Dictionary<int, int> seen = [];

        Run(shelf, new SearchQuery { IsDescending = true }, page => See(seen, page));

        seen.Count.ShouldBe(5700);
        shelf.Requests.ShouldBeLessThanOrEqualTo(13);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Walk_MoreTiesThanTheSearchCanList_TellsThemApartByTheirCreation(bool isDescending)
    {
        var shelf = new Shelf(new Case(2, [.. Enumerable.Repeat(7, 250), 3, 9], 1, 0, 0, false));
        Dictionary<int, int> seen = [];

        Run(shelf, new SearchQuery { IsDescending = isDescending }, page => See(seen, page), createdAtOf: CreatedAt);

        seen.Count.ShouldBe(252);
        shelf.Pages.Max().ShouldBe(100);
    }

    [Fact]
    public void Walk_TiesOfOneCreationToo_SayWindowOverflow()
    {
        var shelf = new Shelf(new Case(2, [.. Enumerable.Repeat(7, 250)], 1, 0, 0, false));

        var read = () => Run(shelf, new SearchQuery(), static _ => { }, createdAtOf: static _ => DateTimeOffset.UnixEpoch);

        read.ShouldThrow<SyncException>().Message.ShouldContain("overflow");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Walk_WholePagesCannotBeRead_StepsOverThemToTheOthers(bool isDescending)
    {
        var shelf = new Shelf(new Case(3, [.. Enumerable.Range(0, 20)], 1, 0, 8, false));
        Dictionary<int, int> seen = [];
        HashSet<string?> unreadable = [];

        Run(shelf, new SearchQuery { IsDescending = isDescending }, page =>
        {
            See(seen, page);
            unreadable.UnionWith(page.Page.Unreadable.Select(record => record.Id));
        });

        seen.Count.ShouldBe(12);
        unreadable.Count.ShouldBe(8);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Walk_PagesAndOneRecordAreTooLarge_ReadsAllButThatOne(bool isDescending)
    {
        var shelf = new Shelf(new Case(16, [.. Enumerable.Range(0, 64).Select(stamp => stamp / 2)], 1, 0, 0, false)) { Largest = 4, TooLarge = 40 };
        Dictionary<int, int> seen = [];
        var outsized = 0;

        Run(shelf, new SearchQuery { IsDescending = isDescending, PageSize = 16 }, page =>
        {
            See(seen, page);
            outsized += page.Page.Unreadable.Count;
        });

        seen.Keys.Order().ShouldBe(Enumerable.Range(0, 64).Where(id => id != 40));
        outsized.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Pages_ReadAhead_AreAskedForWhileOneIsWorkedOnAndNeverMoreThanOne()
    {
        var shelf = new Shelf(new Case(5, [.. Enumerable.Range(0, 40)], 1, 0, 0, false));
        List<int> askedAtEach = [];

        await foreach (var page in new KeysetWalk<Book>(shelf.SearchAsync, IdOf, At).ReadAsync(new SearchQuery(), CancellationToken.None).OneAheadAsync(CancellationToken.None))
        {
            askedAtEach.Add(shelf.Requests);
        }

        askedAtEach[..4].ShouldBe([2, 3, 4, 5]);
        askedAtEach[^1].ShouldBe(askedAtEach.Count);
    }

    [Fact]
    public async Task Page_ReadAheadFails_IsHeardWhenThePageBeforeIsDone()
    {
        List<int> done = [];
        async IAsyncEnumerable<int> Pages()
        {
            yield return 1;
            await Task.Yield();
            throw new SyncException("The second is broken.");
        }

        var read = async () =>
        {
            await foreach (var page in Pages().OneAheadAsync(CancellationToken.None))
            {
                await Task.Yield();
                done.Add(page);
            }
        };

        await read.ShouldThrowAsync<SyncException>();
        done.ShouldBe([1]);
    }

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

        var read = () => Run(walk, new SearchQuery(), static _ => { });

        read.ShouldThrow<SyncException>();
        requests.ShouldBeLessThan(5);
    }

    [Fact]
    public void Walk_AWholePageCannotBeRead_SaysSoInsteadOfSkipping()
    {
        var page = new RecordPage<Book> { Records = [], Unreadable = [new UnreadableRecord("1", "x"), new UnreadableRecord("2", "x")], PageSize = 2 };

        var read = () => Run(new KeysetWalk<Book>((_, _) => Task.FromResult(page), IdOf, At), new SearchQuery(), static _ => { });

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
        Run(shelf, new SearchQuery { UpdatedFrom = from }, page =>
        {
            See(seen, page);
            reached = page.Reached;
        });
        return reached;
    }

    private static int See(Dictionary<int, int> seen, WalkedPage<Book> page)
    {
        foreach (var book in page.Page.Records)
        {
            seen[book.Id] = Math.Max(seen.GetValueOrDefault(book.Id, -1), book.UpdatedAt);
        }

        return seen.Count;
    }

    private static void Run(Shelf shelf, SearchQuery start, Action<WalkedPage<Book>> look, Func<Book, DateTimeOffset?>? createdAtOf = null, int most = int.MaxValue) =>
        Run(new KeysetWalk<Book>(shelf.SearchAsync, IdOf, At, createdAtOf), start, look, most);

    private static void Run(KeysetWalk<Book> walk, SearchQuery start, Action<WalkedPage<Book>> look, int most = int.MaxValue)
    {
        // The shelf answers at once, so nothing here ever waits.
#pragma warning disable VSTHRD002
        var pages = walk.ReadAsync(start, CancellationToken.None).GetAsyncEnumerator();
        while (most-- > 0 && pages.MoveNextAsync() is var next && next.IsCompleted && next.Result)
        {
            look(pages.Current);
        }
#pragma warning restore VSTHRD002
    }

    private static DateTimeOffset? CreatedAt(Book book) => DateTimeOffset.UnixEpoch.AddMilliseconds(book.Id / 3);

    private static string IdOf(Book book) => $"{book.Id}";

    private static DateTimeOffset At(Book book) => DateTimeOffset.UnixEpoch.AddMilliseconds(book.UpdatedAt);

    private static RecordPage<Book> Page(List<Book> books, int pageSize, bool hasNext, Func<Book, bool>? isUnreadable = null) => new()
    {
        Records = [.. books.Where(book => isUnreadable?.Invoke(book) != true)],
        Unreadable = [.. books.Where(book => isUnreadable?.Invoke(book) == true).Select(book => new UnreadableRecord($"{book.Id}", "x") { Fingerprint = $"f{book.Id}" })],
        PageSize = pageSize,
        HasNext = hasNext,
    };

    private sealed record Book(int Id, int UpdatedAt);

    /// <param name="Stamps">When each record was updated; many share one.</param>
    /// <param name="Changes">Records that change or appear while pages are read.</param>
    /// <param name="IsShort">Whether pages may hold less than a page although more follows.</param>
    private sealed record Case(int PageSize, int[] Stamps, int Seed, int Changes, int Unreadable, bool IsShort, bool TellsTotals = false);

    private sealed class Shelf(Case drawn)
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

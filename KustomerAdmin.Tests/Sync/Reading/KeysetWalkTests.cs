using FsCheck.Fluent;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Reading;

namespace KustomerAdmin.Tests.Sync.Reading;

public sealed class KeysetWalkTests : KeysetWalkTest
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
}

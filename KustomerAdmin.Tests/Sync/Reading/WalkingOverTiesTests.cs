using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync;

namespace KustomerAdmin.Tests.Sync.Reading;

/// <summary>More records of one moment than a page holds.</summary>
public sealed class WalkingOverTiesTests : KeysetWalkTest
{
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
    public void Walk_MoreTiesThanTheSearchCanList_StopsInsteadOfSkipping()
    {
        var shelf = new Shelf(new Case(2, [.. Enumerable.Repeat(7, 250)], 1, 0, 0, false));

        var read = () => { _ = Walk(shelf, null, []); };

        read.ShouldThrow<SyncException>();
        shelf.Pages.Max().ShouldBe(100);
    }
}

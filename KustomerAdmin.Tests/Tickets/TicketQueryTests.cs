using FsCheck.Fluent;
using KustomerAdmin.Tickets;

namespace KustomerAdmin.Tests.Tickets;

public sealed class TicketQueryTests
{
    private static readonly string[] s_texts = ["open", "a b", "50% off", "a&b=c", "a+b", "#1", "?", "ü😀", "%_[]*\\", "<b>", "'; DROP TABLE", "a~b", "a%2fb", "https://x.example/?q=1#y"];

    private static readonly FsCheck.Gen<TicketQuery> s_queries =
        from instance in Gen.OneOf(Gen.Constant<long?>(null), Gen.Choose(1, 100_000).Select(number => (long?)number))
        from texts in Gen.Elements(s_texts).OrNull().ListOf(3)
        from sort in Gen.Elements(Enum.GetValues<TicketSort>())
        from isAscending in Gen.Elements(true, false)
        from page in Gen.Choose(1, 1_000_000)
        from hasColumns in Gen.Elements(true, false)
        from columns in Gen.Elements("custom.aStr", "sla.status", "custom.b c", "custom.ü&", "custom.d+e", "custom.f~g").ListOf(5)
        select new TicketQuery
        {
            InstanceId = instance,
            Status = texts[0],
            Channel = texts[1],
            Text = texts[2],
            Sort = sort,
            IsAscending = isAscending,
            Page = page,
            Columns = hasColumns ? [.. columns.Distinct(StringComparer.Ordinal)] : null,
        };

    [Fact]
    public void Address_OfAnyQuery_ShowsTheSameList() => Holds.ForAll(
        s_queries,
        query =>
        {
            var again = TicketQuery.FromAddress("https://console.example/" + query.ToAddress());

            (again with { Columns = null }).ShouldBe(query with { Columns = null });
            again.Columns.ShouldBe(query.Columns);
        },
        runs: 500);

    [Fact]
    public void Address_OfTheDefaults_IsBare() => new TicketQuery().ToAddress().ShouldBe("tickets");

    [Theory]
    [InlineData("/tickets?page=0")]
    [InlineData("/tickets?page=-3&sort=nonsense&dir=up&instance=x")]
    [InlineData("/tickets?sort=99&status=&q=%20%20&channel=")]
    [InlineData("/tickets?=&&&%")]
    public void Address_ThatSaysNonsense_IsTheWholeList(string address) => TicketQuery.FromAddress(address).ShouldBe(new TicketQuery());

    [Fact]
    public void Address_OfAnyText_IsUnderstoodOrLeftOut() => Holds.ForAll<string>(text => TicketQuery.FromAddress("/tickets?" + text).Page.ShouldBeGreaterThan(0));

    [Fact]
    public void Address_WithAFragment_IsReadWithoutIt() => TicketQuery.FromAddress("https://console.example/tickets?q=abc#main").Text.ShouldBe("abc");

    [Fact]
    public void Address_WithTooMuch_IsCut()
    {
        var query = TicketQuery.FromAddress($"/tickets?q={new string('x', 5000)}&page=99999999&columns={string.Join('~', Enumerable.Range(0, 50))}");

        query.Text!.Length.ShouldBe(500);
        query.Page.ShouldBe(1_000_000);
        query.Columns!.Count.ShouldBe(TicketQuery.MostColumns);
    }

    [Fact]
    public void SortedBy_TheSameColumnTwice_TurnsRoundAndStartsAtPageOne()
    {
        var once = new TicketQuery { Page = 7 }.SortedBy(TicketSort.Subject);

        (once.Sort, once.IsAscending, once.Page).ShouldBe((TicketSort.Subject, true, 1));
        once.SortedBy(TicketSort.Subject).IsAscending.ShouldBeFalse();
    }
}

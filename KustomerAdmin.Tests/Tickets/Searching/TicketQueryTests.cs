using FsCheck.Fluent;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Searching;

public sealed class TicketQueryTests
{
    private static readonly FsCheck.Gen<TicketQuery> s_queries =
        from filter in Filters.SomeFilter.Trees
        from sort in Gen.Elements("updatedAt", "status", "custom.aStr", "custom.b c&d", "sla.status")
        from isAscending in Gen.Elements(true, false)
        from page in Gen.Choose(1, TicketQuery.MostPages)
        from hasColumns in Gen.Elements(true, false)
        from columns in Gen.Elements("custom.aStr", "sla.status", "custom.b c", "custom.ü&", "custom.d+e", "custom.f~g").ListOf(5)
        from sample in Gen.Choose(-200, TicketSample.Most)
        from seed in Gen.Choose(0, int.MaxValue)
        select new TicketQuery
        {
            Filter = filter,
            SortKey = sort,
            IsAscending = isAscending,
            Page = page,
            Columns = hasColumns ? [.. columns.Distinct(StringComparer.Ordinal)] : null,
            Sample = sample <= 0 ? null : new TicketSample(sample, seed),
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
    [InlineData("/tickets?page=-3&dir=up&instance=x")]
    [InlineData("/tickets?status=&q=%20%20&channel=&sample=x&filter=")]
    [InlineData("/tickets?filter=nonsense&sample=0~1")]
    [InlineData("/tickets?=&&&%")]
    public void Address_ThatSaysNonsense_IsTheWholeList(string address) => TicketQuery.FromAddress(address).ShouldBe(new TicketQuery());

    [Fact]
    public void Address_OfAnyText_IsUnderstoodOrLeftOut() => Holds.ForAll<string>(text => TicketQuery.FromAddress("/tickets?" + text).Page.ShouldBeGreaterThan(0));

    [Fact]
    public void Address_WithAFragment_IsReadWithoutIt() => TicketQuery.FromAddress("https://console.example/tickets?q=abc#main").Filter.Parts.ShouldHaveSingleItem().ShouldBe(TicketQuery.Found("abc"));

    [Fact]
    public void Address_WithTooMuch_IsCut()
    {
        var query = TicketQuery.FromAddress($"/tickets?q={new string('x', 5000)}&page=99999999&columns={string.Join('~', Enumerable.Range(0, 50))}");

        query.Filter.Parts.ShouldHaveSingleItem().ShouldBeOfType<FilterCondition>().Values[0].Length.ShouldBe(500);
        query.Page.ShouldBe(TicketQuery.MostPages);
        query.Columns!.Count.ShouldBe(TicketQuery.MostColumns);
    }

    [Fact]
    public void SortedBy_TheSameColumnTwice_TurnsRoundAndStartsAtPageOne()
    {
        var subject = new FilterField("subject", "Subject", FilterFieldType.Text, FilterFieldGroup.Ticket);
        var once = new TicketQuery { Page = 7 }.SortedBy(subject);

        (once.SortKey, once.IsAscending, once.Page).ShouldBe(("subject", true, 1));
        once.SortedBy(subject).IsAscending.ShouldBeFalse();
    }
}

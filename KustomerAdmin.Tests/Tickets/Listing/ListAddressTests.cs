using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Listing;

public sealed class ListAddressTests
{
    private static readonly TicketQuery s_list = new()
    {
        Filter = FilterText.Parse("subject:contains:50% & more;custom.regionStr:is:a~~b,ü"),
        SortKey = "custom.orderValueNum",
        IsAscending = true,
        Page = 3,
        Columns = ["subject", "custom.a~b"],
        Sample = new TicketSample(50, 4711),
    };

    [Fact]
    public void Of_EveryTicket_SaysSoInsteadOfNothing()
    {
        ListAddress.Of(new TicketQuery()).ShouldBe("tickets?view=all");
        ListAddress.Of(s_list).ShouldBe(s_list.ToAddress());
    }

    [Theory]
    [InlineData("http://localhost/tickets", true)]
    [InlineData("http://localhost/tickets?", true)]
    [InlineData("http://localhost/tickets?view=all", false)]
    [InlineData("http://localhost/tickets?filter=", false)]
    public void SaysNothing_Address_IsOneWithoutAWord(string address, bool expected) => ListAddress.SaysNothing(address).ShouldBe(expected);

    [Fact]
    public void Back_FromATicket_IsExactlyTheList()
    {
        var list = Uri.UnescapeDataString(ListAddress.OfTicket(7, s_list)["tickets/7?list=".Length..]);

        ListAddress.Back(list).ShouldBe(s_list.ToAddress());
        ListAddress.Back("view=all").ShouldBe("tickets?view=all");
        ListAddress.Back(null).ShouldBe("tickets");
    }

    [Fact]
    public void OfTicket_AListTooLongToBeSaid_IsTheTicketAlone() =>
        ListAddress.OfTicket(7, s_list with { Filter = new FilterGroup(false, [new FilterCondition("subject", FilterOperator.Is, [new string('ü', 2000)])]) }).ShouldBe("tickets/7");

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/?filter=x")]
    [InlineData("page=2&next=javascript:alert(1)")]
    [InlineData("filter=%22%3E%3Cscript%3E")]
    [InlineData("\r\nLocation: evil")]
    public void Back_FromAnAddressSomebodyMadeUp_LeadsToAListAllTheSame(string list)
    {
        var address = new Uri(new Uri("http://localhost/"), ListAddress.Back(list));

        address.Host.ShouldBe("localhost");
        address.AbsolutePath.ShouldBe("/tickets");
        address.Query.ShouldNotContain("script:");
    }
}

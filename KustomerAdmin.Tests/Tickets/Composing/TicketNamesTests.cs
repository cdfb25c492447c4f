using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Fetching;

namespace KustomerAdmin.Tests.Tickets.Composing;

public sealed class TicketNamesTests
{
    [Theory]
    [InlineData("jane@example.com", "Jane Doe")]
    [InlineData("JANE@work.example", "Jane Doe")]
    [InlineData("Jane at work <jane@work.example>", "Jane Doe")]
    [InlineData("boss@work.example", "boss@work.example")]
    [InlineData("The Boss <boss@work.example>", "The Boss <boss@work.example>")]
    [InlineData("+491701234567", "Jane Doe")]
    [InlineData("@jane", "Jane Doe")]
    [InlineData("", "Jane Doe")]
    [InlineData(null, "Jane Doe")]
    public void Author_OfAnInboundMessage_IsTheCustomerUnlessSomebodyElseSentIt(string? from, string author) =>
        Names(new Customer { Id = "u1", Name = "Jane Doe", Emails = ["jane@example.com", "jane@work.example"] }).AuthorOf(Inbound(from)).ShouldBe(author);

    [Fact]
    public void Author_WhileTheCustomerIsNotKnown_IsTheCustomer() => Names(customer: null).AuthorOf(Inbound("boss@work.example")).ShouldBe("Customer");

    private static Message Inbound(string? from) => new() { Id = "m1", IsInbound = true, From = from };

    private static TicketNames Names(Customer? customer) => new(new TicketRecords { Customer = new Part<Customer>(customer, null) });
}

using KustomerAdmin.Tickets.Missing;

namespace KustomerAdmin.Tests.Tickets.Missing;

public sealed class TicketReferenceTests
{
    private const string Id = "6717c2a4e5b1f00012ab0001";
    private const string Customer = "5f1e2d3c4b5a69788796a5b4";

    [Theory]
    [InlineData(Id, null)]
    [InlineData("  6717C2A4E5B1F00012AB0001\n", null)]
    [InlineData($"https://acme.kustomerapp.com/app/customers/{Customer}/event/{Id}", "acme")]
    [InlineData($"https://ACME.kustomerapp.com/app/customers/{Customer}/event/{Id}?tab=notes#top", "acme")]
    [InlineData($"https://acme.kustomerapp.com/app/customers/{Customer}/event/{Id}/", "acme")]
    [InlineData($"https://acme.api.kustomerapp.com/v1/conversations/{Id}", "acme")]
    [InlineData($"https://acme.api.kustomerapp.com/v1/conversations/{Id}/messages?page=2", "acme")]
    [InlineData($"https://api.kustomerapp.com/v1/conversations/{Id}", null)]
    [InlineData($"http://127.0.0.1:5199/portal/acme/app/customers/{Customer}/event/{Id}", null)]
    [InlineData($"https://acme.kustomerapp.com.evil.example/event/{Id}", null)]
    public void Text_ThatNamesATicket_IsUnderstood(string typed, string? subdomain)
    {
        TicketReference.TryParse(typed, out var reference).ShouldBeTrue();

        reference.ShouldBe(new TicketReference(Id, subdomain));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Where is my order?")]
    [InlineData("6717c2a4e5b1f00012ab000")]
    [InlineData("6717c2a4e5b1f00012ab00012")]
    [InlineData("6717c2a4e5b1f00012ab000g")]
    [InlineData($"https://acme.kustomerapp.com/app/customers/{Customer}")]
    [InlineData($"https://acme.kustomerapp.com/app/search?q=a b/event/{Id}")]
    [InlineData($"javascript:alert(1)//event/{Id}")]
    public void Text_ThatNamesNone_IsNotTakenForOne(string? typed) => TicketReference.TryParse(typed, out _).ShouldBeFalse();

    [Fact]
    public void Text_AMegabyteLong_IsNotTakenForOne() => TicketReference.TryParse("https://acme.kustomerapp.com/" + new string('a', 1_000_000) + "/event/" + Id, out _).ShouldBeFalse();
}

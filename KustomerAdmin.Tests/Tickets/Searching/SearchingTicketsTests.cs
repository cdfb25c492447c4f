using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Searching;

/// <summary>Every answer is compared with what a plain list of all tickets gives.</summary>
public sealed class SearchingTicketsTests : IClassFixture<SyncedPlace>
{
    private readonly SyncedPlace _synced;

    public SearchingTicketsTests(SyncedPlace synced) => _synced = synced;

    /// <summary>As addresses had them before there were filters, which still work.</summary>
    public static TheoryData<string> Addresses =>
    [
        "tickets",
        "tickets?instance=1",
        "tickets?instance=2&status=done",
        "tickets?status=open",
        "tickets?status=Open",
        "tickets?channel=email",
        "tickets?channel=chat&status=done&instance=1",
        "tickets?q=order",
        "tickets?q=ORDER",
        "tickets?q=%25",
        "tickets?q=_",
        "tickets?q=%5B",
        "tickets?q=%5C",
        "tickets?q=100%25",
        "tickets?q='",
        "tickets?q=%3Cscript%3E",
        "tickets?q=%3Dcmd%7C'+%2FC+calc'!A0",
        "tickets?instance=4711",
    ];

    public static TheoryData<string> Sorts =>
        ["updatedAt", "createdAt", "lastActivityAt", "subject", "status", "priority", "direction", "messageCount", "noteCount", "customerConversations", "instance", "id"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Search_ByAnOlderAddress_FindsExactlyWhatMatches(string address)
    {
        var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address.Contains('?', StringComparison.Ordinal) ? address[address.IndexOf('?', StringComparison.Ordinal)..] : "");
        var expected = (await AllAsync()).Where(ticket => Matches(ticket, asked)).Select(ticket => ticket.Ticket.Id).ToList();
        var query = TicketQuery.FromAddress(address);

        var found = await EveryPageAsync(query);

        found.Select(row => row.Id).ShouldBe(expected, ignoreOrder: true);
        (await _synced.CountAsync(query)).ShouldBe(new TicketCount(expected.Count, false));
    }

    [Fact]
    public async Task Search_SubjectsWithSpecialCharacters_AreFoundLiterally()
    {
        var subjects = new[] { "100% sure", "100 sure", "a_b", "axb", "[x]", "x", "back\\slash" };
        await using var place = await Workplace.StartAsync(tickets: 20);
        foreach (var subject in subjects)
        {
            place.Acme.Create(subject);
        }

        await place.App.RunSyncAsync(await place.App.ConnectAsync(place.Acme));

        foreach (var (text, expected) in new[] { ("100%", "100% sure"), ("a_b", "a_b"), ("[x]", "[x]"), ("k\\s", "back\\slash") })
        {
            var page = await place.App.AsAdminAsync<TicketSearch, TicketPageOfRows>(search => search.ReadPageAsync(Finding(text), SyncedPlace.Viewer, CancellationToken.None));
            page.Rows.ShouldHaveSingleItem().Subject.ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("{id}")]
    [InlineData("  {id} ")]
    [InlineData("{ID}")]
    [InlineData("https://acme.kustomerapp.com/app/customers/5f3c5f3c5f3c5f3c5f3c5f3c/event/{id}")]
    [InlineData("https://acme.kustomerapp.com/app/customers/5f3c5f3c5f3c5f3c5f3c5f3c/event/{id}/")]
    [InlineData("https://acme.kustomerapp.com/app/customers/5f3c5f3c5f3c5f3c5f3c5f3c/event/{id}?tab=notes#last")]
    [InlineData("http://127.0.0.1:5199/portal/acme/app/customers/5f3c5f3c5f3c5f3c5f3c5f3c/event/{id}")]
    public async Task Jump_ByIdOrKustomersAddress_FindsTheOneTicket(string typed)
    {
        var id = _synced.Place.Acme.ConversationIds[200];
        var text = typed.Replace("{id}", id, StringComparison.Ordinal).Replace("{ID}", id.ToUpperInvariant(), StringComparison.Ordinal);

        var page = await _synced.SearchAsync(TicketQuery.FromAddress(Finding(text).ToAddress()));

        page.Rows.ShouldHaveSingleItem().KustomerId.ShouldBe(id);
    }

    [Fact]
    public async Task Row_WithColumns_ShowsItsValuesByTheirType()
    {
        var fields = await _synced.App.StoredAsync(db => db.MetadataFields.Where(field => field.InstanceId == 1).ToListAsync());
        string[] columns = ["custom.orderNumberStr", "custom.orderValueNum", "spam", "custom.notThere"];

        var rows = (await _synced.SearchAsync(new TicketQuery { Columns = columns })).Rows;

        fields.Select(field => field.Key).ShouldContain("custom.orderNumberStr");
        rows.SelectMany(row => row.Values.Keys).Distinct(StringComparer.Ordinal).ShouldBeSubsetOf(columns);
        rows.ShouldContain(row => row.Values.ContainsKey("custom.orderNumberStr") && row.Values["custom.orderNumberStr"].Text != null);
        rows.ShouldContain(row => row.Values.ContainsKey("custom.orderValueNum") && row.Values["custom.orderValueNum"].Number != null);
        rows.ShouldContain(row => row.Values.ContainsKey("spam") && row.Values["spam"].Truth != null);
    }

    private static TicketQuery Finding(string text) => new() { Filter = new FilterGroup(false, [TicketQuery.Found(text).ShouldNotBeNull()]) };

    private static bool Matches(Stored ticket, Dictionary<string, Microsoft.Extensions.Primitives.StringValues> asked) =>
        Is("instance", instance => ticket.Ticket.InstanceId.ToString(System.Globalization.CultureInfo.InvariantCulture) == instance, asked)
        && Is("status", status => ticket.Ticket.Status == status, asked)
        && Is("channel", channel => ticket.Ticket.Channels.Exists(own => own.Channel == channel), asked)
        && Is("q", text => ticket.Ticket.Subject?.Contains(text, StringComparison.OrdinalIgnoreCase) == true, asked);

    private static bool Is(string name, Func<string, bool> test, Dictionary<string, Microsoft.Extensions.Primitives.StringValues> asked) =>
        !asked.TryGetValue(name, out var value) || test(value.ToString());

    private async Task<List<TicketRow>> EveryPageAsync(TicketQuery query)
    {
        List<TicketRow> rows = [];
        for (var page = 1; await _synced.SearchAsync(query with { Page = page }) is { Rows.Count: > 0 } rowsOfPage; page++)
        {
            rows.AddRange(rowsOfPage.Rows);
        }

        return rows;
    }

    private async Task<List<Stored>> AllAsync() =>
        [.. (await _synced.App.StoredAsync(db => db.Tickets.Include(ticket => ticket.Channels).Include(ticket => ticket.Customer).AsNoTracking().ToListAsync()))
            .Select(ticket => new Stored(ticket, ticket.InstanceId == 1 ? "acme" : "globex"))];

    private sealed record Stored(Ticket Ticket, string Instance);
}

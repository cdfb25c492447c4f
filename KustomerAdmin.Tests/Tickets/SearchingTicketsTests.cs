using KustomerAdmin.Data.Entities;
using KustomerAdmin.Tickets;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets;

/// <summary>Every answer is compared with what a plain list of all tickets gives.</summary>
public sealed class SearchingTicketsTests : IClassFixture<SyncedPlace>
{
    private readonly SyncedPlace _synced;

    public SearchingTicketsTests(SyncedPlace synced) => _synced = synced;

    public static TheoryData<TicketQuery> Queries =>
    [
        new TicketQuery(),
        new TicketQuery { InstanceId = 1 },
        new TicketQuery { InstanceId = 2, Status = "done" },
        new TicketQuery { Status = "open" },
        new TicketQuery { Status = "Open" },
        new TicketQuery { Channel = "email" },
        new TicketQuery { Channel = "chat", Status = "done", InstanceId = 1 },
        new TicketQuery { Text = "order" },
        new TicketQuery { Text = "ORDER" },
        new TicketQuery { Text = "%" },
        new TicketQuery { Text = "_" },
        new TicketQuery { Text = "[" },
        new TicketQuery { Text = "\\" },
        new TicketQuery { Text = "100%" },
        new TicketQuery { Text = "'" },
        new TicketQuery { Text = "<script>" },
        new TicketQuery { Text = "=cmd|' /C calc'!A0" },
        new TicketQuery { InstanceId = 4711 },
    ];

    public static TheoryData<TicketSort> Sorts => [.. Enum.GetValues<TicketSort>()];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Search_Filtered_FindsExactlyWhatMatches(TicketQuery query)
    {
        var expected = (await AllAsync()).Where(ticket => Matches(ticket, query)).Select(ticket => ticket.Ticket.Id).ToList();

        var found = await EveryPageAsync(query);

        found.Select(row => row.Id).ShouldBe(expected, ignoreOrder: true);
        (await _synced.SearchAsync(query)).Total.ShouldBe(expected.Count);
    }

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Search_Sorted_PagesAddUpInOrderBothWays(TicketSort sort)
    {
        var all = await AllAsync();
        var up = all.OrderBy(ticket => KeyOf(ticket, sort), Comparer<object?>.Create(Compare)).ThenBy(ticket => ticket.Ticket.Id).Select(ticket => ticket.Ticket.Id).ToList();

        (await EveryPageAsync(new TicketQuery { Sort = sort, IsAscending = true })).Select(row => row.Id).ShouldBe(up);
        (await EveryPageAsync(new TicketQuery { Sort = sort })).Select(row => row.Id).ShouldBe(Enumerable.Reverse(up));
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
            var sheet = await place.App.AsAdminAsync<TicketSearch, TicketSheet>(search => search.SearchAsync(new TicketQuery { Text = text }, CancellationToken.None));
            sheet.Rows.ShouldHaveSingleItem().Subject.ShouldBe(expected);
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

        var sheet = await _synced.SearchAsync(TicketQuery.FromAddress(new TicketQuery { Text = text.Trim() }.ToAddress()));

        sheet.Rows.ShouldHaveSingleItem().KustomerId.ShouldBe(id);
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

    [Fact]
    public async Task Choices_ForTheFilters_AreWhatIsStored()
    {
        var choices = await _synced.App.AsAdminAsync<TicketSearch, TicketFilterChoices>(search => search.ReadChoicesAsync(CancellationToken.None));
        var all = await AllAsync();

        choices.Instances.Select(instance => instance.Name).ShouldBe(["acme", "globex"]);
        choices.Statuses.ShouldBe(all.Select(ticket => ticket.Ticket.Status).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        choices.Channels.ShouldBe(all.SelectMany(ticket => ticket.Ticket.Channels).Select(channel => channel.Channel).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static bool Matches(Stored ticket, TicketQuery query) =>
        (query.InstanceId is null || ticket.Ticket.InstanceId == query.InstanceId)
        && (query.Status is null || ticket.Ticket.Status == query.Status)
        && (query.Channel is null || ticket.Ticket.Channels.Exists(channel => channel.Channel == query.Channel))
        && (query.Text is null || ticket.Ticket.Subject?.Contains(query.Text, StringComparison.OrdinalIgnoreCase) == true);

    private static object? KeyOf(Stored ticket, TicketSort sort) => sort switch
    {
        TicketSort.Updated => ticket.Ticket.UpdatedAt,
        TicketSort.Created => ticket.Ticket.CreatedAt,
        TicketSort.Activity => ticket.Ticket.LastActivityAt,
        TicketSort.Subject => ticket.Ticket.Subject,
        TicketSort.Status => ticket.Ticket.Status,
        TicketSort.Priority => ticket.Ticket.Priority,
        TicketSort.Messages => ticket.Ticket.MessageCount,
        TicketSort.Conversations => ticket.Ticket.Customer?.ConversationCount,
        TicketSort.Instance => ticket.Instance,
    };

    /// <summary>As SQLite does: nothing first, texts by their bytes.</summary>
    private static int Compare(object? left, object? right) =>
        left is string one && right is string other ? System.Text.Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(other))
        : Comparer<object?>.Default.Compare(left, right);

    private async Task<List<TicketRow>> EveryPageAsync(TicketQuery query)
    {
        List<TicketRow> rows = [];
        for (var page = 1; await _synced.SearchAsync(query with { Page = page }) is { Rows.Count: > 0 } sheet; page++)
        {
            rows.AddRange(sheet.Rows);
        }

        return rows;
    }

    private async Task<List<Stored>> AllAsync() =>
        [.. (await _synced.App.StoredAsync(db => db.Tickets.Include(ticket => ticket.Channels).Include(ticket => ticket.Customer).AsNoTracking().ToListAsync()))
            .Select(ticket => new Stored(ticket, ticket.InstanceId == 1 ? "acme" : "globex"))];

    private sealed record Stored(Ticket Ticket, string Instance);
}

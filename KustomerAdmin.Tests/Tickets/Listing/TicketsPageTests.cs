using Bunit;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Saved;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Listing;

/// <summary>The states of the list, against tickets that were synced.</summary>
public sealed class TicketsPageTests : IClassFixture<SyncedPlace>, IAsyncLifetime
{
    private readonly SyncedPlace _synced;
    private ListCircuit _circuit = null!;

    public TicketsPageTests(SyncedPlace synced) => _synced = synced;

    public async Task InitializeAsync() => _circuit = await ListCircuit.OpenAsync(_synced.Place);

    public async Task DisposeAsync() => await _circuit.DisposeAsync();

    [Fact]
    public async Task List_OfEverything_ShowsAPageAndThenHowManyThereAre()
    {
        var expected = (await _synced.CountAsync(new TicketQuery(), isExact: true)).Number;

        var page = await _circuit.ShowAsync("tickets?view=all");

        page.FindAll(".ticket-table tbody tr").Count.ShouldBe(TicketQuery.PageSize);
        await page.WaitForAssertionAsync(() => page.Find(".ticket-total").TextContent.Trim().ShouldBe($"{expected} tickets"), ListCircuit.Patience);
        page.Find(".pager a[rel=next]").GetAttribute("href").ShouldBe("tickets?page=2");
        page.FindAll(".pager a[rel=prev]").ShouldBeEmpty();
    }

    [Fact]
    public async Task List_AddressSaysNothing_SaysWhatItShowsFromThenOn()
    {
        await _circuit.ShowAsync();

        _circuit.Navigation.Uri.ShouldEndWith("/tickets?view=all");
        _circuit.Navigation.History.First().Options.ReplaceHistoryEntry.ShouldBeTrue("back must not come here again");
    }

    [Fact]
    public async Task List_AddressSaysNothing_OpensTheDefaultWithTheAdminsColumns()
    {
        var list = new TicketQuery { Filter = FilterText.Parse("status:is:done") };
        var id = (await _circuit.Get<SavedFilters>().SaveAsync("Done", list, false, CancellationToken.None)).Id!.Value;
        await _circuit.Get<SavedFilterChoices>().SetDefaultAsync(id, true, CancellationToken.None);
        await _circuit.Get<ListLayouts>().SaveAsync(ListLayout.Untouched with { Columns = ["status", "subject"] }, CancellationToken.None);

        var page = await _circuit.ShowAsync();

        _circuit.Navigation.Uri.ShouldEndWith("/" + (list with { Columns = ["status", "subject"] }).ToAddress());
        page.FindAll(".ticket-table thead th").Select(header => header.GetAttribute("data-column")).ShouldBe(["status", "subject"]);
        page.FindAll(".ticket-table td[data-key=status]").ShouldAllBe(cell => cell.TextContent.Trim() == "done");
        page.Find(".filter-words").TextContent.ShouldContain("Status is done");
        page.FindAll(".pinned-link").First().GetAttribute("href").ShouldBe(new TicketQuery { Columns = ["status", "subject"] }.ToAddress(), "all tickets stay one click away");

        await _circuit.Get<SavedFilters>().DeleteAsync(id, 1, CancellationToken.None);
        await _circuit.Get<ListLayouts>().SaveAsync(ListLayout.Untouched, CancellationToken.None);
    }

    [Fact]
    public async Task List_ByALink_ShowsWhatTheLinkSaysWhateverTheAdminKeeps()
    {
        await _circuit.Get<ListLayouts>().SaveAsync(ListLayout.Untouched with { Columns = ["status"] }, CancellationToken.None);

        var page = await _circuit.ShowAsync("tickets?sort=createdAt&columns=subject~createdAt");

        page.FindAll(".ticket-table thead th").Select(header => header.GetAttribute("data-column")).ShouldBe(["subject", "createdAt"]);
        page.Find("th[aria-sort]").GetAttribute("data-column").ShouldBe("createdAt");
        await _circuit.Get<ListLayouts>().SaveAsync(ListLayout.Untouched, CancellationToken.None);
    }

    [Fact]
    public async Task Cell_OfADuration_ReadsAsOnTheTicketsPage()
    {
        var page = await _circuit.ShowAsync("tickets?columns=subject~totalOpen.time&sort=totalOpen.time");

        page.FindAll("td[data-key='totalOpen.time']").Select(cell => cell.TextContent.Trim()).First().ShouldMatch(@"^\d+ days \d+ h$|^\d+ h \d+ min$|^\d+ min \d+ s$");
    }

    [Fact]
    public async Task Row_Link_CarriesTheListAlong()
    {
        var page = await _circuit.ShowAsync("tickets?filter=messageCount:atLeast:1&page=2");

        var link = page.Find(".ticket-link").GetAttribute("href")!;

        ListAddress.Back(Uri.UnescapeDataString(link.Split("?list=")[1])).ShouldBe(TicketQuery.FromAddress("tickets?filter=messageCount:atLeast:1&page=2").ToAddress());
    }

    [Fact]
    public async Task List_NothingMatches_OffersToTakeEachConditionAway()
    {
        var page = await _circuit.ShowAsync("tickets?filter=status:is:open;subject:contains:no such subject anywhere");

        page.Find(".empty-title").TextContent.ShouldBe("No ticket matches");
        page.FindAll(".empty-remedies a").Select(link => link.GetAttribute("href")).ShouldBe(
        [
            TicketQuery.FromAddress("tickets?filter=subject:contains:no such subject anywhere").ToAddress(),
            TicketQuery.FromAddress("tickets?filter=status:is:open").ToAddress(),
            "tickets?view=all",
        ]);
        page.Find(".empty-why a").GetAttribute("href").ShouldStartWith("tickets/find?list=");
    }

    [Fact]
    public async Task List_PageBehindTheLast_LeadsToTheFirst()
    {
        var page = await _circuit.ShowAsync("tickets?page=900");

        page.Find(".empty-state a").GetAttribute("href").ShouldBe("tickets?view=all");
    }

    [Fact]
    public async Task List_AConditionThatCannotBeAsked_StrikesItOutWithTheReason()
    {
        var page = await _circuit.ShowAsync("tickets?filter=custom.neverSeenStr:is:x");

        page.Find(".filter-struck s").TextContent.ShouldBe("custom.neverSeenStr is x");
        page.Find(".filter-why").TextContent.ShouldContain("custom.neverSeenStr");
        page.FindAll(".ticket-table tbody tr").Count.ShouldBe(TicketQuery.PageSize, "it is not asked");
    }

    [Fact]
    public async Task Words_RemoveOneCondition_LeavesTheOthers()
    {
        var page = await _circuit.ShowAsync("tickets?filter=status:is:open;or(priority:atLeast:3;channel:anyOf:email)");
        page.Find(".filter-words").TextContent.ShouldContain("Status is open");

        await page.ActAsync(at => at.Find("[aria-label='Remove: Priority is at least 3']").ClickAsync(new()));

        _circuit.Navigation.Uri.ShouldEndWith(TicketQuery.FromAddress("tickets?filter=status:is:open;channel:anyOf:email").ToAddress());
    }

    [Fact]
    public async Task QuickFilter_AStatus_IsAConditionOfTheTreeAndStartsAtTheFirstPage()
    {
        var page = await _circuit.ShowAsync("tickets?filter=priority:atLeast:1&page=2");
        await page.WaitForAssertionAsync(() => page.FindAll(".quick-filter option").Count.ShouldBeGreaterThan(6), ListCircuit.Patience);

        await page.ActAsync(at => at.FindAll(".quick-filter select")[1].ChangeAsync(new() { Value = "=done" }));

        _circuit.Navigation.Uri.ShouldEndWith(TicketQuery.FromAddress("tickets?filter=priority:atLeast:1;status:is:done").ToAddress());
        await page.WaitForAssertionAsync(() => page.FindAll("td[data-key=status]").ShouldAllBe(cell => cell.TextContent.Trim() == "done"), ListCircuit.Patience);
    }

    [Fact]
    public async Task Find_AnId_OpensThatTicket()
    {
        var id = _synced.Place.Acme.ConversationIds[12];
        var page = await _circuit.ShowAsync("tickets?filter=status:is:open");

        await page.ActAsync(at => at.Find(".find-line input").InputAsync(new() { Value = $"https://acme.kustomerapp.com/app/customers/5f3c5f3c5f3c5f3c5f3c5f3c/event/{id}" }));
        await page.ActAsync(at => at.Find(".find-box").SubmitAsync());

        await page.WaitForAssertionAsync(() => new Uri(_circuit.Navigation.Uri).AbsolutePath.ShouldStartWith("/tickets/"), ListCircuit.Patience);
        new Uri(_circuit.Navigation.Uri).AbsolutePath.ShouldBe($"/tickets/{await _synced.IdOfAsync(id)}");
    }

    [Fact]
    public async Task Find_AnIdThatIsNotStored_SaysSoAndOffersTheReason()
    {
        var page = await _circuit.ShowAsync("tickets?view=all");

        await page.ActAsync(at => at.Find(".find-line input").InputAsync(new() { Value = "0123456789abcdef01234567" }));
        await page.ActAsync(at => at.Find(".find-box").SubmitAsync());

        await page.WaitForAssertionAsync(() => page.Find(".find-said").TextContent.ShouldContain("No ticket of this id is stored here."), ListCircuit.Patience);
        page.Find(".find-said a").GetAttribute("href").ShouldStartWith("tickets/find?q=0123456789abcdef01234567");
    }

    [Fact]
    public async Task Sample_OfTheList_SaysFromHowManyAndBySeedAndCanBeLeft()
    {
        var expected = (await _synced.CountAsync(new TicketQuery(), isExact: true)).Number;

        var page = await _circuit.ShowAsync("tickets?sample=20~4711");

        page.FindAll(".ticket-table tbody tr").Count.ShouldBe(20);
        await page.WaitForAssertionAsync(() => page.Find(".ticket-total").TextContent.ShouldContain($"Sample of 20 from {expected} tickets · seed 4711"), ListCircuit.Patience);
        page.Find(".ticket-total a").GetAttribute("href").ShouldBe("tickets?view=all");
    }

    [Fact]
    public async Task Width_OfAColumn_IsKept()
    {
        var page = await _circuit.ShowAsync("tickets?view=all");

        await page.ActAsync(at => at.Find("th[data-column=status] input").ChangeAsync(new() { Value = "200" }));

        page.FindAll("col")[1].GetAttribute("width").ShouldBe("200");
        (await _circuit.Get<ListLayouts>().ReadAsync(CancellationToken.None)).Widths["status"].ShouldBe(200);
        await _circuit.Get<ListLayouts>().SaveAsync(ListLayout.Untouched, CancellationToken.None);
    }

    [Fact]
    public async Task List_TheDatabaseIsAway_SaysSoAndRetries()
    {
        await _synced.App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Tickets RENAME TO Away"));
        IRenderedComponent<TicketsPage> page;
        try
        {
            page = await _circuit.ShowAsync("tickets?view=all");
            page.Find(".load-failed").TextContent.ShouldContain("The tickets could not be read.");
        }
        finally
        {
            await _synced.App.StoredAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE Away RENAME TO Tickets"));
        }

        await page.ActAsync(at => at.Find(".load-failed button").ClickAsync(new()));

        await page.WaitForAssertionAsync(() => page.FindAll(".ticket-table tbody tr").Count.ShouldBe(TicketQuery.PageSize), ListCircuit.Patience);
    }
}

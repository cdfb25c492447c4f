using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KustomerAdmin.Filters;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tests.Tickets.Exporting;
using KustomerAdmin.Tickets.Missing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KustomerAdmin.Tests.Browser;

/// <summary>A file that a real browser downloads, and the page that says why a ticket is not in the list.</summary>
[Collection(KustomerAdmin.Tests.Hostile.Alone.Name)]
public sealed class ExportAndFindTests : IAsyncLifetime
{
    private SandboxServer _kustomer = null!;
    private TestApp _console = null!;
    private Chromium _chromium = null!;
    private IPage _page = null!;

    private SandboxOrganization Acme => _kustomer.Organization("acme");

    public async Task InitializeAsync()
    {
        _kustomer = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 1200, IndexLag = TimeSpan.Zero }, CancellationToken.None);
        var api = _kustomer.BaseAddress.AbsoluteUri.TrimEnd('/');
        _console = TestApp.Start(("Kustomer:ApiUrlTemplate", api), ("Kustomer:PortalUrlTemplate", api + "/portal/{subdomain}"));
        await _console.WaitForAsync(await _console.ConnectAsync(Acme), static instance => instance.HistoryDoneAt is not null && instance.LastSucceededAt is not null);
        _chromium = await Chromium.StartAsync();
        _page = await _chromium.OpenAsync(_console.Address);
        await _page.GotoAsync("tickets");
        await _page.Locator("[name='Form.Email']").FillAsync(TestApp.AdminName);
        await _page.Locator("[name='Form.Password']").FillAsync(TestApp.AdminPassword);
        await _page.Locator("main button[type=submit]").ClickAsync();
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _console.DisposeAsync();
        await _kustomer.DisposeAsync();
    }

    [BrowserFact]
    public async Task Admin_ExportsTheListAndAsksForTickets_GetsAWholeFileAndTheReasons()
    {
        try
        {
            await ExportAsync();
            await FindAsync();
        }
        catch
        {
            await _page.TakeAsync("failure");
            throw;
        }

        _chromium.Complaints.ShouldBeEmpty();
    }

    private async Task ExportAsync()
    {
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Export", Exact = true }).ClickAsync();
        var dialog = _page.GetByRole(AriaRole.Dialog);
        var stored = await _console.StoredAsync(db => db.Tickets.CountAsync());
        await Expect(dialog).ToContainTextAsync($"the {stored:N0} tickets of this list");
        await Expect(dialog).ToContainTextAsync("Europe/Berlin");
        await dialog.Locator("summary").ClickAsync();
        await _page.TakeAsync("export");
        await ShouldBeAccessibleAsync();

        var download = await _page.RunAndWaitForDownloadAsync(() => dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Export", Exact = true }).ClickAsync());
        download.SuggestedFilename.ShouldStartWith("tickets-");
        var rows = CsvFile.Read(await File.ReadAllBytesAsync(await download.PathAsync()));

        rows[0].Take(2).ShouldBe(["Ticket id", "Subject"]);
        rows.Count.ShouldBe(stored + 1);
        rows.Select(row => row.Count).Distinct().ShouldHaveSingleItem();
        await Expect(dialog).ToContainTextAsync($"Done: {stored:N0} rows exported.");
        await _page.TakeAsync("export-done");
        await ShouldBeAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close", Exact = true }).First.ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        _page.Url.ShouldEndWith("/tickets?view=all");
    }

    private async Task FindAsync()
    {
        var list = new TicketQuery
        {
            Filter = new FilterGroup(false, [new FilterCondition("status", FilterOperator.Is, ["archived"]), new FilterCondition("subject", FilterOperator.IsNotEmpty, []), new FilterCondition("createdAt", FilterOperator.LessThan, ["2001-01-01"])]),
        };
        await _page.GotoAsync(FindTicketPage.AddressOf(null, list));

        // Words of the filter are there once the page is connected; what is typed before is forgotten.
        await Expect(_page.Locator(".find-list")).ToContainTextAsync("Status is archived");
        await _page.Locator("#find-ticket").FillAsync($"https://acme.kustomerapp.com/app/customers/5f1e2d3c4b5a69788796a5b4/event/{Acme.ShowcaseConversationId}");
        await _page.Locator("#find-ticket").PressAsync("Enter");
        await Expect(_page.Locator(".finding li")).ToHaveCountAsync(2);
        await _page.TakeAsync("find-filtered");
        await ShouldBeAccessibleAsync();
        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Remove these conditions" }).ClickAsync();
        await Expect(_page.Locator(".ticket-table tbody tr")).ToHaveCountAsync(50);

        var created = Acme.Create("Just now");
        await _page.GotoAsync(FindTicketPage.AddressOf(created, new TicketQuery()));
        await Expect(_page.Locator(".finding")).ToContainTextAsync("It is not synced yet.");
        await Expect(_page.Locator(".find-cost")).ToContainTextAsync("cost 1 request");
        await _page.TakeAsync("find-not-yet");
        await ShouldBeAccessibleAsync();
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sync now" }).ClickAsync();
        await Expect(_page.Locator(".find-said")).ToContainTextAsync("was asked for");

        await _page.GotoAsync(FindTicketPage.AddressOf("https://initech.kustomerapp.com/app/customers/5f1e2d3c4b5a69788796a5b4/event/5a0000000000000000000001", new TicketQuery()));
        await Expect(_page.Locator(".finding")).ToContainTextAsync("which is not connected");
        await _page.TakeAsync("find-unconnected");
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Connect initech" }).ClickAsync();
        await Expect(_page.Locator("#subdomain")).ToHaveValueAsync("initech");
    }

    private async Task ShouldBeAccessibleAsync()
    {
        var result = await _page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{_page.Url}: {violation.Id} ({violation.Help}) at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}").ShouldBeEmpty();
    }
}

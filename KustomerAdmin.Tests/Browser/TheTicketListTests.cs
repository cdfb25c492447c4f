using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KustomerAdmin.Sandbox;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KustomerAdmin.Tests.Browser;

/// <summary>Finding tickets all day long, by keyboard and by link, in a real browser.</summary>
[Collection(KustomerAdmin.Tests.Hostile.Alone.Name)]
public sealed class TheTicketListTests : IAsyncLifetime
{
    private SandboxServer _kustomer = null!;
    private TestApp _console = null!;
    private Chromium _chromium = null!;
    private IPage _page = null!;

    private ILocator Rows => _page.Locator(".ticket-table tbody tr");

    private ILocator Total => _page.Locator(".ticket-total");

    public async Task InitializeAsync()
    {
        _kustomer = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 1200, IndexLag = TimeSpan.Zero }, CancellationToken.None);
        var api = _kustomer.BaseAddress.AbsoluteUri.TrimEnd('/');
        _console = TestApp.Start(("Kustomer:ApiUrlTemplate", api), ("Kustomer:PortalUrlTemplate", api + "/portal/{subdomain}"));
        await _console.WaitForAsync(await _console.ConnectAsync(_kustomer.Organization("acme")), instance => instance is { LastSucceededAt: not null, LeaseOwner: null });
        _chromium = await Chromium.StartAsync();
        _page = await SignInAsync();
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _console.DisposeAsync();
        await _kustomer.DisposeAsync();
    }

    [BrowserFact]
    public async Task Admin_FiltersSortsSavesAndPassesOn_DoesItAllByKeyboardAndByLink()
    {
        try
        {
            await BuildAFilterByKeyboardAsync();
            await GoBackAndForwardAsync();
            await PassTheLinkOnAsync();
            await OpenATicketAndComeBackAsync();
            await ArrangeColumnsAsync();
            await WidenAColumnByKeyboardAsync();
            await SaveAsDefaultAsync();
            await DrawASampleAsync();
        }
        catch
        {
            await _page.TakeAsync("failure-list");
            throw;
        }

        _chromium.Complaints.ShouldBeEmpty();
    }

    private async Task BuildAFilterByKeyboardAsync()
    {
        await _page.GotoAsync("tickets");
        await Expect(Rows).ToHaveCountAsync(50);
        await Expect(Total).ToContainTextAsync(" tickets");
        await _page.TakeAsync("list");
        await ShouldBeAccessibleAsync();

        await _page.Locator(".list-filter-button").FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.Locator(".field-chooser input")).ToBeFocusedAsync();
        await Expect(Options).Not.ToHaveCountAsync(0);
        await _page.Keyboard.TypeAsync("status");
        await Expect(Options.First).ToContainTextAsync("Status");
        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.GetByLabel("Status: add a value")).ToBeFocusedAsync();
        await _page.Keyboard.TypeAsync("op");
        await Expect(Options).ToHaveCountAsync(1);
        await _page.Keyboard.PressAsync("ArrowDown");
        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.Locator(".token bdi")).ToHaveTextAsync("open");
        await _page.Keyboard.PressAsync("Escape");
        await Expect(_page.Locator("dialog[open]")).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 5_000 });

        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Add group" }).FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.Locator(".field-chooser input").Nth(1)).ToBeFocusedAsync();
        await _page.Keyboard.TypeAsync("carrier");
        await Expect(Options).ToHaveCountAsync(1);
        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.GetByLabel("Carrier: add a value")).ToBeFocusedAsync();
        await _page.Keyboard.TypeAsync("DHL");
        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.Locator(".token bdi").Nth(1)).ToHaveTextAsync("DHL");
        await _page.TakeAsync("filter-builder");
        await ShouldBeAccessibleAsync();

        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.Locator("dialog")).ToHaveCountAsync(0);
        await Expect(_page.Locator(".list-filter-button")).ToBeFocusedAsync();
        await Expect(_page.Locator(".list-filter-button")).ToHaveTextAsync("Filter (2)");
        await Expect(_page.Locator(".filter-words")).ToContainTextAsync("Status is open");
        await Expect(_page.Locator(".filter-words")).ToContainTextAsync("Carrier is DHL");
        await Expect(_page.Locator(".ticket-scroll[aria-busy=false]")).ToBeVisibleAsync();
        (await _page.Locator("td[data-key=status]").AllInnerTextsAsync()).ShouldAllBe(status => status == "open");
        (await _page.Locator("td[data-key='custom.carrierStr']").AllInnerTextsAsync()).ShouldAllBe(carrier => carrier == "DHL");
        await _page.TakeAsync("list-filtered");
        await ShouldBeAccessibleAsync();
    }

    private async Task GoBackAndForwardAsync()
    {
        var filtered = _page.Url;
        var total = await Total.InnerTextAsync();
        await _page.Locator("th[data-column=createdAt] a").ClickAsync();
        await Expect(_page.Locator("th[data-column=createdAt]")).ToHaveAttributeAsync("aria-sort", "descending");
        await _page.GoBackAsync();
        await Expect(_page.Locator("th[data-column=updatedAt]")).ToHaveAttributeAsync("aria-sort", "descending");
        _page.Url.ShouldBe(filtered);
        await _page.GoBackAsync();
        await Expect(_page.Locator(".filter-words")).ToHaveCountAsync(0);
        await _page.GoForwardAsync();
        await Expect(Total).ToHaveTextAsync(total);
    }

    private async Task PassTheLinkOnAsync()
    {
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove: Carrier is DHL" }).ClickAsync();
        await Expect(_page.Locator(".filter-words")).Not.ToContainTextAsync("Carrier");
        await _page.Locator("th[data-column='custom.carrierStr'] a").ClickAsync();
        await Expect(_page.Locator("th[data-column='custom.carrierStr']")).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(_page.Locator(".ticket-scroll[aria-busy=false]")).ToBeVisibleAsync();
        var carriers = await _page.Locator("td[data-key='custom.carrierStr']").AllInnerTextsAsync();
        carriers.TakeWhile(carrier => carrier.Length > 0).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        carriers[0].ShouldNotBeEmpty("empty ones come last");
        var mine = await TicketsAsync(_page);

        var theirs = await SignInAsync();
        await theirs.GotoAsync(_page.Url);
        await Expect(theirs.Locator(".ticket-table tbody tr").First).ToBeVisibleAsync();

        (await TicketsAsync(theirs)).ShouldBe(mine);
        await theirs.CloseAsync();
    }

    private async Task OpenATicketAndComeBackAsync()
    {
        var list = _page.Url;
        await _page.Locator(".ticket-link").Nth(2).ClickAsync();
        await Expect(_page.Locator(".ticket-head h1")).ToBeVisibleAsync();
        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Back to the list" }).ClickAsync();
        await Expect(Rows.First).ToBeVisibleAsync();
        _page.Url.ShouldBe(list);
    }

    private async Task ArrangeColumnsAsync()
    {
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Columns" }).ClickAsync();
        await _page.GetByLabel("Search fields").FillAsync("order value");
        await _page.Locator(".columns-group input").First.CheckAsync();
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Move Status up" }).FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.Locator(".columns-shown li").First).ToContainTextAsync("Status");
        await Expect(_page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Move Status down" })).ToBeFocusedAsync();
        await _page.Locator(".columns-shown li", new PageLocatorOptions { HasText = "Updated" }).DragToAsync(_page.Locator(".columns-shown li", new PageLocatorOptions { HasText = "Channel" }));
        await Expect(_page.Locator(".columns-shown li").Nth(2)).ToContainTextAsync("Updated");
        await _page.TakeAsync("columns");
        await ShouldBeAccessibleAsync();
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Show these columns" }).ClickAsync();
        await ShouldHaveColumnsAsync("status", "subject", "updatedAt");

        await _page.ReloadAsync();
        await ShouldHaveColumnsAsync("status", "subject", "updatedAt");
        await _page.GotoAsync("tickets");
        await ShouldHaveColumnsAsync("status", "subject", "updatedAt");
        _page.Url.ShouldContain("columns=status");
    }

    private async Task WidenAColumnByKeyboardAsync()
    {
        var edge = _page.GetByLabel("Width of Status");
        var before = await WidthAsync("status");
        await edge.FocusAsync();
        await _page.Keyboard.PressAsync("ArrowRight");
        await _page.Keyboard.PressAsync("ArrowRight");
        var widened = await WidthAsync("status");
        widened.ShouldBe(before + 20, 1);

        var handle = (await edge.BoundingBoxAsync())!;
        await _page.Mouse.MoveAsync(handle.X + (handle.Width / 2), handle.Y + (handle.Height / 2));
        await _page.Mouse.DownAsync();
        await _page.Mouse.MoveAsync(handle.X + (handle.Width / 2) + 60, handle.Y + (handle.Height / 2));
        await _page.Mouse.UpAsync();
        (await WidthAsync("status")).ShouldBe(widened + 60, 6);

        await Expect(_page.Locator("th[data-column=status] input")).ToHaveAttributeAsync("aria-valuetext", "190 pixels");
        await _page.ReloadAsync();
        await Expect(Rows).ToHaveCountAsync(50);
        (await WidthAsync("status")).ShouldBe(190, 1);
    }

    private async Task SaveAsDefaultAsync()
    {
        await _page.Locator(".quick-filter select").Nth(1).SelectOptionAsync("done");
        await Expect(_page.Locator(".filter-words")).ToContainTextAsync("Status is done");
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Save list" }).ClickAsync();
        await Expect(_page.Locator(".save-name input")).ToBeFocusedAsync();
        await _page.Keyboard.TypeAsync("Done ones");
        await _page.GetByLabel("Open my list with it").CheckAsync();
        await _page.TakeAsync("save-list");
        await ShouldBeAccessibleAsync();
        await _page.Locator(".save-name input").PressAsync("Enter");
        await Expect(_page.Locator(".pinned-link[aria-current=true]")).ToHaveTextAsync("Done ones");

        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Integrations", Exact = true }).ClickAsync();
        await Expect(_page.Locator("h1")).ToHaveTextAsync("Integrations");
        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Tickets", Exact = true }).ClickAsync();
        await Expect(_page.Locator(".filter-words")).ToContainTextAsync("Status is done");
        await _page.GoBackAsync();
        await Expect(_page.Locator("h1")).ToHaveTextAsync("Integrations");
        await _page.GoForwardAsync();
        await Expect(_page.Locator(".filter-words")).ToContainTextAsync("Status is done");

        await _page.Locator(".pinned .link-button").ClickAsync();
        await Expect(_page.Locator(".saved-row")).ToHaveCountAsync(1);
        await _page.TakeAsync("saved-filters");
        await ShouldBeAccessibleAsync();
        await _page.Keyboard.PressAsync("Escape");
        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "All tickets" }).ClickAsync();
        await Expect(_page.Locator(".filter-words")).ToHaveCountAsync(0);
        await ShouldHaveColumnsAsync("status", "subject", "updatedAt");
    }

    private async Task DrawASampleAsync()
    {
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sample" }).ClickAsync();
        await _page.Locator("dialog[open]").GetByLabel("Tickets").FillAsync("20");
        await _page.GetByLabel("Seed").FillAsync("4711");
        await _page.TakeAsync("sample");
        await ShouldBeAccessibleAsync();
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Draw" }).ClickAsync();
        await Expect(Total).ToContainTextAsync("Sample of 20 from");
        await Expect(Rows).ToHaveCountAsync(20);
        var drawn = await TicketsAsync(_page);
        await _page.ReloadAsync();
        await Expect(Rows).ToHaveCountAsync(20);
        (await TicketsAsync(_page)).ShouldBe(drawn);
        await _page.GetByText("leave sample").ClickAsync();
        await Expect(Rows).ToHaveCountAsync(50);
    }

    private ILocator Options => _page.Locator(".combo-option");

    private async Task ShouldHaveColumnsAsync(params string[] first)
    {
        for (var place = 0; place < first.Length; place++)
        {
            await Expect(_page.Locator(".ticket-table thead th").Nth(place)).ToHaveAttributeAsync("data-column", first[place]);
        }
    }

    [BrowserFact]
    public async Task Typed_BeforeTheCircuitIsThere_StaysAndFinds()
    {
        var typed = new TaskCompletionSource();
        await _page.RouteAsync("**/_blazor/negotiate*", async route =>
        {
            await typed.Task;
            await route.ContinueAsync();
        });
        await _page.GotoAsync("tickets");
        var box = _page.Locator("input[name=q]");
        await box.EvaluateAsync("box => box.dataset.first = ''");
        await box.FillAsync("refund");

        typed.SetResult();

        await Expect(_page.Locator("input[name=q]:not([data-first])")).ToHaveValueAsync("refund");
        await _page.Keyboard.PressAsync("Enter");
        await Expect(_page.Locator(".filter-words")).ToContainTextAsync("Subject contains refund");
        await Expect(box).ToBeFocusedAsync();
    }

    private static Task<string[]> TicketsAsync(IPage page) => page.Locator(".ticket-link").EvaluateAllAsync<string[]>("links => links.map(link => link.pathname)");

    private Task<double> WidthAsync(string column) => _page.Locator($"th[data-column={column}]").EvaluateAsync<double>("header => header.getBoundingClientRect().width");

    private async Task<IPage> SignInAsync()
    {
        using var created = await _console.OpenBrowserAsync();
        var page = await _chromium.OpenAsync(_console.Address);
        await page.GotoAsync("account/sign-in");
        await page.Locator("[name='Form.Email']").FillAsync(TestApp.AdminName);
        await page.Locator("[name='Form.Password']").FillAsync(TestApp.AdminPassword);
        await page.Locator("main button[type=submit]").ClickAsync();
        await Expect(page.Locator(".user-menu")).ToBeVisibleAsync();
        return page;
    }

    private async Task ShouldBeAccessibleAsync()
    {
        var result = await _page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        var serious = result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{_page.Url}: {violation.Id} ({violation.Help}) at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}");
        serious.ShouldBeEmpty();
    }
}

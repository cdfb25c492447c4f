using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KustomerAdmin.Tests.Browser;

/// <summary>A ticket as people read it: by mouse, by keyboard, with its files, with two thousand messages, and while Kustomer is in trouble.</summary>
[Collection(KustomerAdmin.Tests.Hostile.Alone.Name)]
public sealed class TicketPageTests : IAsyncLifetime
{
    private SandboxServer _kustomer = null!;
    private TestApp _console = null!;
    private Chromium _chromium = null!;
    private IPage _page = null!;

    private SandboxOrganization Acme => _kustomer.Organization("acme");

    public async Task InitializeAsync()
    {
        _kustomer = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 260, IndexLag = TimeSpan.Zero }, CancellationToken.None);
        var api = _kustomer.BaseAddress.AbsoluteUri.TrimEnd('/');
        _console = TestApp.Start(("Kustomer:ApiUrlTemplate", api), ("Kustomer:PortalUrlTemplate", api + "/portal/{subdomain}"));
        var instanceId = await _console.ConnectAsync(Acme);
        await _console.WaitForAsync(instanceId, instance => instance is { Run: RunState.Idle, LastRanAt: not null });
        _chromium = await Chromium.StartAsync();
        _page = await _chromium.OpenAsync(_console.Address);
        await _page.SignInAsync();
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _console.DisposeAsync();
        await _kustomer.DisposeAsync();
    }

    [BrowserFact]
    public Task Reading_ByKeyboard_GoesThroughTheListAndTheTicket() => WatchedAsync(async () =>
    {
        await _page.GotoAsync("tickets");
        await _page.Locator(".ticket-table tbody a").Nth(1).ClickAsync();
        await ShouldBeCompleteAsync();
        await Expect(_page.Locator("[rel=prev]")).ToBeVisibleAsync();
        var second = await _page.Locator("h1").InnerTextAsync();
        await _page.Keyboard.PressAsync("k");
        await Expect(_page.GetByText("Previous", new PageGetByTextOptions { Exact = true })).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(_page.Locator("[rel=next]")).ToBeVisibleAsync();
        foreach (var held in new[] { "key: 'j', repeat: true", "key: 'ArrowRight', shiftKey: true" })
        {
            (await _page.EvaluateAsync<bool>($"document.body.dispatchEvent(new KeyboardEvent('keydown', {{ {held}, bubbles: true, cancelable: true }}))")).ShouldBeTrue($"{held} presses nothing");
        }

        await _page.Keyboard.PressAsync("j");
        await Expect(_page.Locator("h1")).ToHaveTextAsync(second);
        await ShouldBeCompleteAsync();
        await _page.Keyboard.PressAsync("?");
        await Expect(_page.GetByText("Next internal note")).ToBeVisibleAsync();
        await _page.TakeAsync("ticket-shortcuts");
        await _page.Keyboard.PressAsync("Escape");
        await _page.Keyboard.PressAsync("u");
        await Expect(_page.Locator(".ticket-table tbody tr")).ToHaveCountAsync(50);
    });

    [BrowserFact]
    public Task Showcase_WithItsFiles_ShowsWhatIsSafeAndOnlyThat() => WatchedAsync(async () =>
    {
        await OpenAsync(Acme.ShowcaseConversationId);
        await _page.TakeAsync("ticket-page");
        await ShouldBeAccessibleAsync();
        await _page.Keyboard.PressAsync("n");
        await Expect(_page.Locator(".entry-note:focus")).ToContainTextAsync("Internal note");
        await _page.TakeAsync("ticket-page-note");

        await _page.Locator("summary .ticket-meter").ClickAsync();
        await Expect(_page.Locator(".meter-panel tbody tr")).ToHaveCountAsync(7);
        await _page.TakeAsync("ticket-page-meter");
        await ShouldBeAccessibleAsync();
        await _page.Keyboard.PressAsync("Escape");

        foreach (var (ending, kind) in new[] { (".txt", "text"), (".pdf", "document"), (".png", "image") })
        {
            await PreviewAsync(ending, kind);
        }
    });

    [BrowserFact]
    public Task Longest_Of2000Messages_IsFluidAndSearchedWhole() => WatchedAsync(async () =>
    {
        await OpenAsync(Acme.LongestConversationId);
        await Expect(_page.Locator(".ticket-count")).ToContainTextAsync("2,000 messages");
        (await _page.Locator(".timeline > li").CountAsync()).ShouldBeLessThanOrEqualTo(100);
        await _page.TakeAsync("ticket-long");

        await _page.Keyboard.PressAsync("/");
        await _page.Keyboard.TypeAsync("msgtext");
        await Expect(_page.Locator(".ticket-hits")).ToHaveTextAsync("1 of 2,000");
        await _page.Keyboard.PressAsync("Shift+Enter");
        await Expect(_page.Locator(".ticket-hits")).ToHaveTextAsync("2,000 of 2,000");
        await Expect(_page.Locator("mark.mark-current")).ToBeInViewportAsync();
        await _page.TakeAsync("ticket-find");
        await ShouldBeAccessibleAsync();
        await _page.Keyboard.PressAsync("Escape");
        await Expect(_page.Locator("mark")).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task Trouble_OfOnePart_HidesNothingElseAndIsAskedForAgainAlone() => WatchedAsync(async () =>
    {
        var fault = _kustomer.Faults.Add(new SandboxFault { Kind = FaultKind.MissingRole, Endpoint = "/v1/conversations/{id}/notes" });
        await OpenAsync(Acme.ShowcaseConversationId);
        await Expect(_page.Locator(".part-notice")).ToContainTextAsync("Notes are missing. The API key lacks the role org.permission.note.read.");
        await Expect(_page.Locator(".entry-inbound").First).ToContainTextAsync("msgtext-");
        await _page.TakeAsync("ticket-part-missing");
        await ShouldBeAccessibleAsync();

        _kustomer.Faults.Remove(fault);
        _kustomer.Requests.Clear();
        await _page.Locator(".part-notice button").ClickAsync();
        await Expect(_page.Locator(".entry-note").First).ToContainTextAsync("notetext-");
        _kustomer.Requests.Counts.Where(count => count.Key.Contains("/v1/", StringComparison.Ordinal)).Sum(count => count.Value).ShouldBe(1);

        _kustomer.Faults.Add(new SandboxFault { Kind = FaultKind.ConnectionReset });
        await _page.ReloadAsync();
        await Expect(_page.GetByText("The live details are missing.")).ToBeVisibleAsync();
        await Expect(_page.Locator(".side")).ToContainTextAsync("(as stored)");
        await _page.TakeAsync("ticket-kustomer-away");
    });

    private async Task PreviewAsync(string ending, string kind)
    {
        var file = _page.Locator($".entry-attachments li:has(button):has-text('{ending}')").Filter(new LocatorFilterOptions { HasNotText = "not really" }).Filter(new LocatorFilterOptions { HasNotText = "elsewhere" })
            .Filter(new LocatorFilterOptions { HasNotText = "empty" }).First;
        await file.GetByRole(AriaRole.Button).ClickAsync();
        var frame = _page.Locator($"iframe.entry-frame-{kind}");
        await frame.ScrollIntoViewIfNeededAsync();
        if (kind == "image")
        {
            await Expect(_page.FrameLocator("iframe.entry-frame-image").Locator("img")).ToBeVisibleAsync();
        }
        else if (kind == "text")
        {
            await Expect(_page.FrameLocator("iframe.entry-frame-text").Locator("body")).ToContainTextAsync("filetext-");
        }

        await _page.TakeAsync($"ticket-preview-{kind}");
        await file.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(frame).ToHaveCountAsync(0);
    }

    private async Task OpenAsync(string kustomerId)
    {
        var id = await _console.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == kustomerId).Select(ticket => ticket.Id).SingleAsync());
        await _page.GotoAsync($"tickets/{id}");
        await ShouldBeCompleteAsync();
    }

    private Task ShouldBeCompleteAsync() => Expect(_page.Locator("summary .ticket-meter")).ToContainTextAsync("This view cost");

    private async Task WatchedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch
        {
            await _page.TakeAsync("failure");
            throw;
        }

        _chromium.Complaints.ShouldBeEmpty();
        (await _page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).ShouldBe(0, "nothing is kept in the browser's storage");
    }

    private async Task ShouldBeAccessibleAsync()
    {
        var result = await _page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{_page.Url}: {violation.Id} ({violation.Help}) at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}")
            .ShouldBeEmpty();
    }
}

using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KustomerAdmin.Tests.Browser;

/// <summary>The main job as a user does it, in a real browser against the real console and the sandbox.</summary>
[Collection(KustomerAdmin.Tests.Hostile.Alone.Name)]
public sealed class TheWholeJobTests : IAsyncLifetime
{
    private const string Name = "Acme support";

    private SandboxServer _kustomer = null!;
    private TestApp _console = null!;
    private Chromium _chromium = null!;
    private IPage _page = null!;

    private SandboxOrganization Acme => _kustomer.Organization("acme");

    private ILocator Row => _page.Locator("[data-instance=acme]");

    public async Task InitializeAsync()
    {
        _kustomer = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 1200, IndexLag = TimeSpan.Zero }, CancellationToken.None);
        var api = _kustomer.BaseAddress.AbsoluteUri.TrimEnd('/');
        _console = TestApp.Start(("Kustomer:ApiUrlTemplate", api), ("Kustomer:PortalUrlTemplate", api + "/portal/{subdomain}"));
        _chromium = await Chromium.StartAsync();
        _page = await _chromium.OpenAsync(_console.Address);
    }

    public async Task DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _console.DisposeAsync();
        await _kustomer.DisposeAsync();
    }

    [BrowserFact]
    public async Task Admin_FromTheSetUpLinkToReconnect_DoesTheWholeJob()
    {
        try
        {
            await DoTheWholeJobAsync();
        }
        catch
        {
            await _page.TakeAsync("failure");
            throw;
        }

        _chromium.Complaints.ShouldBeEmpty();
        (await _page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).ShouldBe(0, "nothing is kept in the browser's storage");
    }

    private async Task DoTheWholeJobAsync()
    {
        await SetUpAsync();
        await SignOutAndInAsync();
        await ConnectWithAWrongKeyAsync();
        await FixTheKeyAsync();
        await SeeTheRunAsync();
        var ticket = await FindTheShowcaseAsync();
        await ReadTheTicketAsync(ticket);
        await DownloadAnAttachmentAsync();
        await ReadTheAuditLogAsync();
        await DisconnectAsync();
        await ReconnectAsync();
        await CheckTheConnectionAsync();
        await SeeWhoIsToldOfProblemsAsync();
    }

    private async Task SetUpAsync()
    {
        await _page.GotoAsync($"setup?token={TestApp.SetupToken}");
        await _page.TakeAsync("set-up");
        await ShouldBeAccessibleAsync();
        await _page.Locator("[name='Form.Email']").FillAsync(TestApp.AdminName);
        await _page.Locator("[name='Form.Password']").FillAsync(TestApp.AdminPassword);
        await _page.Locator("[name='Form.Repeat']").FillAsync(TestApp.AdminPassword);
        await _page.Locator("main button[type=submit]").ClickAsync();
        await Expect(_page.GetByText("No Kustomer organisation is connected yet")).ToBeVisibleAsync();
        await _page.TakeAsync("integrations-empty");
        await ShouldBeAccessibleAsync();
    }

    private async Task SignOutAndInAsync()
    {
        await _page.Locator("summary").ClickAsync();
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await Expect(_page.Locator("[name='Form.Password']")).ToBeVisibleAsync();
        await _page.TakeAsync("sign-in");
        await _page.GotoAsync("tickets");
        await _page.Locator("[name='Form.Email']").FillAsync(TestApp.AdminName);
        await _page.Locator("[name='Form.Password']").FillAsync("not my password");
        await _page.Locator("main button[type=submit]").ClickAsync();
        await Expect(_page.GetByRole(AriaRole.Alert)).ToContainTextAsync("wait 15 minutes");
        await _page.TakeAsync("sign-in-refused");
        await ShouldBeAccessibleAsync();
        await _page.Locator("[name='Form.Email']").FillAsync(TestApp.AdminName);
        await _page.Locator("[name='Form.Password']").FillAsync(TestApp.AdminPassword);
        await _page.Locator("main button[type=submit]").ClickAsync();
        await Expect(_page.GetByText("No tickets yet")).ToBeVisibleAsync();
    }

    private async Task ConnectWithAWrongKeyAsync()
    {
        await _page.GotoAsync("integrations");
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Connect", Exact = true }).ClickAsync();
        await _page.Locator("#connector-name").FillAsync(Name);
        await _page.Locator("#api-key").FillAsync(_kustomer.Organization("globex").Keys.Full);
        await _page.Locator("#subdomain").FillAsync("https://ACME.kustomerapp.com/app/search");
        await Expect(_page.GetByText("acme → 127.0.0.1")).ToBeVisibleAsync();
        await _page.TakeAsync("connect");
        await ShouldBeAccessibleAsync();
        await _page.Locator(".connect-buttons [type=submit]").ClickAsync();
        await Expect(_page.GetByText("Saved, but not authenticated.")).ToBeVisibleAsync();
        await Expect(_page.Locator(".check-lines")).ToContainTextAsync("This key belongs to globex, not to acme.");
        await Expect(_page.Locator("#api-key")).ToHaveValueAsync("");
        await _page.TakeAsync("connect-wrong-key");
        await _page.Locator(".connect-buttons").GetByText("Close").ClickAsync();
        await Expect(Row).ToContainTextAsync("Not authenticated");
    }

    private async Task FixTheKeyAsync()
    {
        await Row.GetByText("Fix credentials").ClickAsync();
        await Expect(_page.Locator("#connector-name")).ToHaveValueAsync(Name);
        await Expect(_page.Locator("#subdomain")).ToHaveValueAsync("acme");
        await _page.Locator("#api-key").FillAsync("Bearer " + Acme.Keys.Full);
        await _page.Locator(".connect-buttons [type=submit]").ClickAsync();
        await Expect(_page.Locator(".forecast[aria-busy=false]")).ToContainTextAsync("under a minute");
        await _page.TakeAsync("first-sync");
        await ShouldBeAccessibleAsync();
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Start sync" }).ClickAsync();
        await Expect(Row).ToContainTextAsync("Connected");
        await Expect(Row).ToContainTextAsync("Idle", new LocatorAssertionsToContainTextOptions { Timeout = 60_000 });
        await _page.TakeAsync("integrations-connected");
        await ShouldBeAccessibleAsync();
    }

    private async Task SeeTheRunAsync()
    {
        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Runs", Exact = true }).ClickAsync();
        await Expect(_page.Locator(".runs tbody tr")).ToHaveCountAsync(1);
        await Expect(_page.Locator(".runs tbody tr")).ToContainTextAsync(" new (");
        await _page.TakeAsync("runs");
        await ShouldBeAccessibleAsync();
    }

    private async Task<string> FindTheShowcaseAsync()
    {
        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Tickets", Exact = true }).ClickAsync();
        await Expect(_page.Locator(".ticket-table tbody tr")).ToHaveCountAsync(50);
        await _page.TakeAsync("tickets");
        await ShouldBeAccessibleAsync();
        await _page.Locator(".find-line input").FillAsync(Acme.ShowcaseConversationId);
        await _page.Locator(".find-line button").ClickAsync();
        await Expect(_page.Locator(".ticket-head h1")).ToBeVisibleAsync();
        await Expect(_page.Locator(".ticket-meter")).ToContainTextAsync("This view cost 7 requests");
        var ticket = _page.Url;
        await _page.GoBackAsync();
        await Expect(_page.Locator(".ticket-table tbody tr")).ToHaveCountAsync(50);
        await _page.GoForwardAsync();
        await Expect(_page.Locator(".ticket-head h1")).ToBeVisibleAsync();
        return ticket;
    }

    private async Task ReadTheTicketAsync(string ticket)
    {
        await Expect(_page.Locator(".entry-inbound, .entry-outbound").First).ToContainTextAsync("msgtext-");

        // People, tags and fields are remembered; the teams, left out of a cold view, are asked for now.
        await Expect(_page.Locator(".ticket-meter")).ToContainTextAsync("This view cost 5 requests");
        await _page.TakeAsync("ticket");
        await ShouldBeAccessibleAsync();

        var withNote = await _console.StoredAsync(db => db.Tickets.Where(row => row.NoteCount > 0 && row.MessageCount < 10).Select(row => row.Id).FirstAsync());
        await _page.GotoAsync($"tickets/{withNote}");
        await Expect(_page.Locator(".entry-note").First).ToContainTextAsync("notetext-");
        await Expect(_page.Locator(".entry-note").First).ToContainTextAsync("Internal note");
        await _page.TakeAsync("ticket-note");

        _kustomer.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Status = 503, Organization = "acme" });
        await _page.GotoAsync(ticket);
        await Expect(_page.GetByText("The live details are missing.")).ToBeVisibleAsync();
        await Expect(_page.Locator(".side")).ToContainTextAsync("(as stored)");
        await _page.TakeAsync("ticket-without-kustomer");
        _kustomer.Faults.Clear();
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Retry" }).ClickAsync();
        await Expect(_page.Locator(".entry").First).ToContainTextAsync("msgtext-");
    }

    private async Task DownloadAnAttachmentAsync()
    {
        var link = _page.Locator(".entry-attachments li", new PageLocatorOptions { HasText = "68 B" }).Locator("a").First;
        var name = await link.InnerTextAsync();
        var started = new TaskCompletionSource<IDownload>();

        // Chromium reports it on the new tab, or on this page when the tab closes before.
        _page.Download += (_, download) => started.TrySetResult(download);
        _page.Context.Page += (_, tab) => tab.Download += (_, download) => started.TrySetResult(download);
        await link.ClickAsync();
        var download = await started.Task.WaitAsync(TimeSpan.FromSeconds(20));
        download.SuggestedFilename.ShouldBe(name);
        (await File.ReadAllTextAsync(await download.PathAsync())).ShouldContain("filetext-");
    }

    private async Task ReadTheAuditLogAsync()
    {
        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Audit log" }).ClickAsync();
        await Expect(_page.Locator("tbody")).ToContainTextAsync(Acme.ShowcaseConversationId);
        await _page.TakeAsync("audit");
        await ShouldBeAccessibleAsync();
    }

    private async Task DisconnectAsync()
    {
        await _page.GotoAsync("integrations");
        await Row.GetByText("Disconnect").ClickAsync();
        await Expect(Row.GetByText("Confirm: disconnect and keep")).ToBeFocusedAsync();
        await _page.TakeAsync("disconnect");
        await Row.GetByText("Confirm: disconnect and keep").ClickAsync();
        await Expect(Row).ToContainTextAsync("Disconnected");
        await Expect(Row).ToContainTextAsync("none stored");
        (await _console.StoredAsync(db => db.Tickets.CountAsync())).ShouldBeGreaterThan(1000);
    }

    private async Task ReconnectAsync()
    {
        var created = Acme.Create("Opened while disconnected");
        await Row.GetByText("Reconnect").ClickAsync();
        await Expect(_page.Locator("#api-key")).ToHaveValueAsync("");
        await _page.Locator("#api-key").FillAsync(Acme.Keys.ReadOnly);
        await _page.Locator(".connect-buttons [type=submit]").ClickAsync();
        await Expect(Row).ToContainTextAsync("Connected");
        await Expect(Row).ToContainTextAsync("Idle", new LocatorAssertionsToContainTextOptions { Timeout = 60_000 });
        (await _console.StoredAsync(db => db.Tickets.CountAsync(row => row.KustomerId == created))).ShouldBe(1, "the gap is filled");
        await Expect(Row).ToContainTextAsync("Since the disconnect on");
        await Expect(Row).ToContainTextAsync("UTC: 1 new");
    }

    private async Task CheckTheConnectionAsync()
    {
        await Row.GetByText("More").ClickAsync();
        await Row.GetByText("Check connection").ClickAsync();
        await Expect(_page.Locator(".check-lines")).ToContainTextAsync("The key belongs to acme.");
        await Expect(Row.Locator(".instance-menu")).ToBeHiddenAsync();
        await _page.TakeAsync("check");
        await ShouldBeAccessibleAsync();
        await _page.Keyboard.PressAsync("Escape");
        await Expect(_page.Locator(".check-lines")).ToHaveCountAsync(0);
    }

    private async Task SeeWhoIsToldOfProblemsAsync()
    {
        await Row.GetByText("More").ClickAsync();
        await Row.GetByText("Problems and who is told").ClickAsync();
        await _page.Locator("#notification-address").FillAsync("https://hooks.example.com/7");
        await _page.Locator(".notification-form button").ClickAsync();
        await Expect(_page.Locator(".notification-targets")).ToContainTextAsync("https://hooks.example.com/7");
        await Expect(_page.Locator(".notification-secret")).ToBeVisibleAsync();
        await _page.TakeAsync("problems");
        await ShouldBeAccessibleAsync();
    }

    private async Task ShouldBeAccessibleAsync()
    {
        var result = await _page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        var serious = result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{_page.Url}: {violation.Id} ({violation.Help}) at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}");
        serious.ShouldBeEmpty();
    }
}

using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KustomerAdmin.Tests.Browser;

/// <summary>The Fields page as an admin uses it, by keyboard where it matters, in a real browser against the real console and the sandbox.</summary>
[Collection(KustomerAdmin.Tests.Hostile.Alone.Name)]
public sealed class DecidingAboutFieldsTests : IAsyncLifetime
{
    private SandboxServer _kustomer = null!;
    private TestApp _console = null!;
    private Chromium _chromium = null!;
    private IPage _page = null!;

    public async Task InitializeAsync()
    {
        _kustomer = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 600, IndexLag = TimeSpan.Zero }, CancellationToken.None);
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
    public async Task Admin_ExcludesAFieldAndDecidesAboutNewOnes()
    {
        try
        {
            await DecideAsync();
        }
        catch
        {
            await _page.TakeAsync("fields-failure");
            throw;
        }

        _chromium.Complaints.ShouldBeEmpty();
    }

    private async Task DecideAsync()
    {
        await _console.OpenBrowserAsync();
        var acme = await _console.ConnectAsync(_kustomer.Organization("acme"));
        await _console.WaitForAsync(acme, static instance => instance.HistoryDoneAt is not null);
        await _console.HoldNewFieldsBackAsync(await ConnectGlobexAsync());
        await SignInAsync();

        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Fields" }).First.ClickAsync();
        await Expect(Row("custom.trackingUrl")).ToContainTextAsync("Stored");
        await LookAsync("fields");
        await ExcludeByKeyboardAsync();
        await ReviewAsync();
        await DecideAboutGlobexAsync();
    }

    private ILocator Row(string key) => _page.Locator(".fields tbody tr", new PageLocatorOptions { Has = _page.Locator($"code:text-is('{key}')") });

    private async Task<long> ConnectGlobexAsync()
    {
        var globex = _kustomer.Organization("globex");
        return (await _console.TryConnectAsync(new ConnectRequest("globex", "globex", globex.Keys.ReadOnly))).ShouldBeOfType<ConnectResult.Connected>().InstanceId;
    }

    private async Task SignInAsync()
    {
        await _page.GotoAsync("account/sign-in");
        await _page.Locator("[name='Form.Email']").FillAsync(TestApp.AdminName);
        await _page.Locator("[name='Form.Password']").FillAsync(TestApp.AdminPassword);
        await _page.Locator("main button[type=submit]").ClickAsync();

        // Its circuit is there.
        await Expect(_page.Locator("[data-instance=acme]")).ToBeVisibleAsync();
    }

    private async Task ExcludeByKeyboardAsync()
    {
        var ask = Row("custom.trackingUrl").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Do not store" });
        var confirm = _page.Locator(".exclusion .button-danger");
        await ask.FocusAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Expect(confirm).ToBeFocusedAsync();
        await _page.Keyboard.PressAsync("Escape");
        await Expect(ask).ToBeFocusedAsync();
        await _page.Keyboard.PressAsync("Enter");
        await Expect(confirm).ToBeFocusedAsync();
        await LookAsync("fields-preview");
        await _page.Keyboard.PressAsync("Enter");
        await Expect(Row("custom.trackingUrl")).ToContainTextAsync("values removed just now, by");
        await LookAsync("fields-receipt");
    }

    private async Task ReviewAsync()
    {
        await _page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Review proposals" }).ClickAsync();
        await Expect(_page.Locator(".fields tbody tr")).ToHaveCountAsync(1);
        await LookAsync("fields-proposals");
        await _page.GoBackAsync();
        await Expect(Row("custom.trackingUrl")).ToContainTextAsync("Not stored");
    }

    private async Task DecideAboutGlobexAsync()
    {
        await _page.Locator(".fields-instance select").SelectOptionAsync("globex");
        await _page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Read definitions again" }).ClickAsync();
        await Expect(_page.Locator(".fields-waiting tbody tr").First).ToBeVisibleAsync();
        await LookAsync("fields-waiting");
        await _page.Locator(".fields-waiting").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Store Tracking page", Exact = true }).ClickAsync();
        await Expect(_page.Locator(".fields:not(.fields-waiting .fields) code:text-is('custom.trackingUrl')")).ToBeVisibleAsync();
        (await _console.StoredAsync(db => db.MetadataFields.CountAsync(field => field.Storage == FieldStorage.HeldBack))).ShouldBe(30);
        await _page.GotoAsync("audit");
        await Expect(_page.Locator("tbody")).ToContainTextAsync("Let a field be stored");
        await Expect(_page.Locator(".nav-menu .badge")).ToContainTextAsync("30");
    }

    private async Task LookAsync(string name)
    {
        await _page.TakeAsync(name);
        var result = await _page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{name}: {violation.Id} ({violation.Help}) at {string.Join(" | ", violation.Nodes.Take(3).Select(node => node.Html))}").ShouldBeEmpty();
    }
}

using Bunit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Integrations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Fields;

/// <summary>The page with the console's own services, over a synced instance.</summary>
public sealed class FieldsPageTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _browser = new();
    private Workplace _place = null!;
    private AsyncServiceScope _circuit;
    private long _instanceId;

    private TestApp App => _place.App;

    private NavigationManager Navigation => _browser.Services.GetRequiredService<NavigationManager>();

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _circuit = await App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddRadzenComponents();
        _browser.Services.AddScoped<ViewerClock>();
        _browser.Services.AddSingleton(TimeProvider.System);
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<FieldOverview>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<ExclusionPreviews>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<FieldDecisions>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<FieldReading>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<InstanceEvents>());
        _browser.SetRendererInfo(new Microsoft.AspNetCore.Components.RendererInfo("Server", isInteractive: true));
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Page_NoInstance_SaysHowItComesToHoldSomething()
    {
        var page = _browser.Render<FieldsPage>();

        await page.WaitForAssertionAsync(() => page.Find(".empty-title").TextContent.ShouldBe("No fields yet"), s_patience);
    }

    [Fact]
    public async Task Page_SyncedInstance_ListsFieldsAndSaysWhatCannotBeExcluded()
    {
        var page = await OpenAsync();

        Row(page, "custom.trackingUrl").ShouldContain("Tracking page");
        Row(page, "custom.trackingUrl").ShouldContain("Defined in Kustomer");
        Row(page, "custom.oldReasonStr").ShouldContain("Deleted in Kustomer");
        Row(page, "custom.birthDateStr").ShouldContain("Looks sensitive");
        Row(page, "updatedAt").ShouldContain("Needed. The sync finds by it what is new.");
        Row(page, "subject").ShouldContain("Do not store");
    }

    [Fact]
    public async Task DoNotStore_ShowsFirstWhatGoesAndWhichFiltersAndDoesItOnlyWhenConfirmed()
    {
        var values = await SyncAsync();
        await AddFiltersAsync();
        var page = await OpenAsync();

        await page.ActAsync(at => Button(at, "Do not store Tracking page").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => page.Find(".exclusion .button-danger").TextContent.ShouldBe($"Confirm: remove {values} values and do not store"), s_patience);
        var preview = Words(page.Find(".exclusion").TextContent);
        (await App.StoredAsync(db => db.FieldPurges.CountAsync())).ShouldBe(0);
        await page.ActAsync(at => at.Find(".exclusion .button-danger").ClickAsync(new MouseEventArgs { Detail = 2 }));
        (await App.StoredAsync(db => db.FieldPurges.CountAsync())).ShouldBe(0, "the second half of a double click");
        await page.ActAsync(at => at.Find(".exclusion .button-danger").ClickAsync(new MouseEventArgs { Detail = 1 }));

        preview.ShouldContain($"{values} values go, one on each of {values} tickets.");
        preview.ShouldContain("Mine, Shared by another and 1 private filter of others");
        preview.ShouldNotContain("Secret of another");
        await page.WaitForAssertionAsync(() => Row(page, "custom.trackingUrl").ShouldContain($"{values} values removed 1 Oct 2026, by {TestApp.AdminName}"), s_patience);
        Row(page, "custom.trackingUrl").ShouldContain("Not stored");
        page.FindAll(".exclusion").ShouldBeEmpty();
    }

    [Fact]
    public async Task DoNotStore_Escape_ChangesNothing()
    {
        var page = await OpenAsync();

        await page.ActAsync(at => Button(at, "Do not store Tracking page").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => page.Find(".exclusion .button-danger").ShouldNotBeNull(), s_patience);
        await page.ActAsync(at => at.Find(".exclusion").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" }));

        page.FindAll(".exclusion").ShouldBeEmpty();
        (await App.StoredAsync(db => db.MetadataFields.AnyAsync(field => field.Storage != FieldStorage.Stored))).ShouldBeFalse();
    }

    [Fact]
    public async Task Page_PurgeUnderWay_ShowsHowFarItHasComeAndDoesNotLetTheFieldBeStored()
    {
        await SyncAsync();
        await App.ChangeStoredAsync(async db =>
        {
            var field = await db.MetadataFields.SingleAsync(field => field.Key == "custom.trackingUrl");
            field.Storage = FieldStorage.Excluded;
            db.FieldPurges.Add(new FieldPurge { FieldId = field.Id, RequestedBy = "Ada", RequestedAt = _place.Clock.GetUtcNow(), Removed = 250, Expected = 1000 });
        });

        var page = await OpenAsync();

        page.Find(".purge progress").GetAttribute("value").ShouldBe("25");
        Words(page.Find(".purge").TextContent).ShouldContain("250 of 1,000 values");
        Row(page, "custom.trackingUrl").ShouldContain("What was stored is being removed");
        Button(page, "Store Tracking page").HasAttribute("disabled").ShouldBeTrue();
    }

    /// <summary>How far it has come changes several times a second: nobody could listen to that.</summary>
    [Fact]
    public async Task Page_PurgeUnderWay_IsSaidWhenItBeginsAndWhenItEnds()
    {
        await SyncAsync();
        await App.ChangeStoredAsync(async db =>
        {
            var field = await db.MetadataFields.SingleAsync(field => field.Key == "custom.trackingUrl");
            field.Storage = FieldStorage.Excluded;
            db.FieldPurges.Add(new FieldPurge { FieldId = field.Id, RequestedBy = "Ada", RequestedAt = _place.Clock.GetUtcNow(), Removed = 250, Expected = 1000 });
        });

        var page = await OpenAsync();

        page.FindAll("[aria-live] .purge, [role=status] .purge").ShouldBeEmpty();
        page.Find("[role=status]").TextContent.ShouldBe("What is stored of Tracking page is being removed.");
        await App.ChangeStoredAsync(async db => (await db.FieldPurges.SingleAsync()).EndedAt = _place.Clock.GetUtcNow());
        _circuit.ServiceProvider.GetRequiredService<InstanceEvents>().Publish(_instanceId);
        await page.WaitForAssertionAsync(() => page.Find("[role=status]").TextContent.ShouldBe("What was stored of Tracking page is removed."), s_patience);
    }

    [Fact]
    public async Task Page_FieldsHeldBack_AreAtTheTopUntilSomebodyDecides()
    {
        await ConnectAsync();
        var page = await OpenAsync(isSynced: false);
        await page.ActAsync(at => at.Find("#new-fields").ChangeAsync("hold"));
        await page.WaitForAssertionAsync(() => Words(page.Find(".field-settings").TextContent).ShouldContain("is not stored until somebody decides here"), s_patience);
        await App.RunSyncAsync(_instanceId);
        page = await OpenAsync(isSynced: false);

        await page.WaitForAssertionAsync(() => page.FindAll(".fields-waiting tbody tr").Count.ShouldBeGreaterThan(20), s_patience);
        var before = page.FindAll(".fields-waiting tbody tr").Count;
        await page.ActAsync(at => Button(at, "Store Tracking page").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => page.FindAll(".fields-waiting tbody tr").Count.ShouldBe(before - 1), s_patience);

        (await FieldAsync("custom.trackingUrl")).Storage.ShouldBe(FieldStorage.Stored);
    }

    [Fact]
    public async Task Proposals_ConfirmedOnce_AreAllExcluded()
    {
        await SyncAsync();
        Navigation.NavigateTo("fields?show=proposed");
        var page = await OpenAsync(isSynced: false);

        await page.WaitForAssertionAsync(() => page.Find(".fields-proposed button").ShouldNotBeNull(), s_patience);
        Keys(page).ShouldBe(["custom.birthDateStr"]);
        await page.ActAsync(at => at.Find(".fields-proposed button").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => page.Find(".exclusion .button-danger").ShouldNotBeNull(), s_patience);
        await page.ActAsync(at => at.Find(".exclusion .button-danger").ClickAsync(new MouseEventArgs { Detail = 1 }));

        await page.WaitForAssertionAsync(() => page.Find(".empty-title").TextContent.ShouldBe("Nothing to review"), s_patience);
        (await FieldAsync("custom.birthDateStr")).Storage.ShouldBe(FieldStorage.Excluded);
    }

    [Fact]
    public async Task Address_FilterSortAndText_DecideWhatIsListed()
    {
        await SyncAsync();
        Navigation.NavigateTo($"fields?instance={_instanceId}&show=custom&q=order&sort=name&order=desc");
        var page = await OpenAsync(isSynced: false);

        await page.WaitForAssertionAsync(() => Keys(page).ShouldNotBeEmpty(), s_patience);
        var keys = Keys(page);
        keys.ShouldAllBe(key => key.StartsWith("custom.", StringComparison.Ordinal));
        keys[^1].ShouldBe("custom.firstOrderBool");
        await page.ActAsync(at => at.Find(".fields-find").InputAsync("tracking"));
        Keys(page).ShouldBe(["custom.trackingUrl"]);
        await page.ActAsync(at => at.Find(".fields-find").ChangeAsync("tracking"));
        Navigation.Uri.ShouldEndWith($"/fields?instance={_instanceId}&show=custom&q=tracking&order=desc");
    }

    private async Task ConnectAsync() => _instanceId = await App.ConnectAsync(_place.Acme);

    /// <returns>How many tickets have the field that the tests exclude.</returns>
    private async Task<int> SyncAsync()
    {
        await ConnectAsync();
        await App.RunSyncAsync(_instanceId);
        return await App.StoredAsync(db => db.TicketMetadata.CountAsync(value => db.MetadataFields.Any(field => field.Id == value.FieldId && field.Key == "custom.trackingUrl")));
    }

    private async Task<IRenderedComponent<FieldsPage>> OpenAsync(bool isSynced = true)
    {
        if (isSynced && _instanceId == 0)
        {
            await SyncAsync();
        }

        var page = _browser.Render<FieldsPage>();
        await page.WaitForAssertionAsync(() => page.Find(".field-settings").ShouldNotBeNull(), s_patience);
        return page;
    }

    private Task AddFiltersAsync() => App.ChangeStoredAsync(async db =>
    {
        var admin = await db.Users.SingleAsync();
        var another = new AdminUser { UserName = "another@example.com", SecurityStamp = "any" };
        db.Users.Add(another);
        db.SavedFilters.AddRange(
            Filter(admin.Id, "Mine", isShared: false, "custom.trackingUrl"),
            Filter(another.Id, "Shared by another", isShared: true, "custom.trackingUrl"),
            Filter(another.Id, "Secret of another", isShared: false, "custom.trackingUrl"),
            Filter(admin.Id, "Of something else", isShared: true, "custom.regionStr"));
    });

    private SavedFilter Filter(string owner, string name, bool isShared, string key) =>
        new() { OwnerId = owner, Name = name, IsShared = isShared, Address = "tickets", ChangedAt = _place.Clock.GetUtcNow(), Fields = [new SavedFilterField { Key = key }] };

    private Task<MetadataField> FieldAsync(string key) => App.StoredAsync(db => db.MetadataFields.AsNoTracking().SingleAsync(field => field.Key == key));

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<FieldsPage> page, string name) => page.Find($"button[aria-label='{name}']");

    private static List<string> Keys(IRenderedComponent<FieldsPage> page) => [.. page.FindAll(".fields tbody code").Select(key => key.TextContent)];

    private static string Row(IRenderedComponent<FieldsPage> page, string key) =>
        Words(page.FindAll(".fields tbody tr").Single(row => row.QuerySelector("code")?.TextContent == key).TextContent);

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

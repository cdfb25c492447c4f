using Bunit;
using KustomerAdmin.Controls;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests.Tickets.Details;

/// <summary>The page with the console's own services.</summary>
public sealed class TicketPageTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _browser = new();
    private Workplace _place = null!;
    private AsyncServiceScope _circuit;
    private long _instanceId;

    private TestApp App => _place.App;

    private SandboxOrganization Acme => _place.Acme;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _instanceId = await App.ConnectAsync(Acme);
        await App.RunSyncAsync(_instanceId);
        _place.Sandbox.Requests.Clear();
        _circuit = await App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.JSInterop.SetupModule("./Tickets/Details/TicketScript.razor.js").Mode = JSRuntimeMode.Loose;
        _browser.Services.AddScoped<ViewerClock>();
        _browser.Services.AddSingleton<TimeProvider>(_place.Clock);
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<TicketViewer>());
        _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<TicketNeighbours>());
        _browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Page_Opened_ShowsTextsAsTheyAreAndNamesNotes()
    {
        var page = await OpenAsync(Acme.ShowcaseConversationId);

        var view = await ViewAsync(Acme.ShowcaseConversationId);
        page.FindAll(".entry-text").Select(text => text.TextContent).ShouldBe(view.Timeline.Where(item => item.Kind is not TimelineKind.Event).Select(item => item.Text));
        page.FindAll(".entry-note").Count.ShouldBe(3);
        page.FindAll(".entry-note header").ShouldAllBe(header => header.TextContent.TrimStart().StartsWith("Internal note", StringComparison.Ordinal));
        page.FindAll(".entry-event").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Page_RefusedByTheRateLimit_CountsDownAndGoesOnByItself()
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations/{id}/notes", Kind = FaultKind.Status, Status = 429, Times = 1 });
        var page = await OpenAsync(Acme.ShowcaseConversationId);
        page.Find(".part-notice [role=timer]").TextContent.ShouldNotBeEmpty();
        page.Markup.ShouldContain("It goes on by itself in");

        _place.Clock.Advance(TimeSpan.FromSeconds(10));

        await page.WaitForAssertionAsync(() => page.FindAll(".entry-note").Count.ShouldBe(3), s_patience);
        page.FindAll(".part-notice").ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_PartRetried_AsksForThatPartAlone()
    {
        var fault = _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations/{id}/notes", Kind = FaultKind.MissingRole });
        var page = await OpenAsync(Acme.ShowcaseConversationId);
        page.Find(".part-notice").TextContent.ShouldContain("Notes are missing. The API key lacks the role org.permission.note.read.");
        page.FindAll(".entry-inbound, .entry-outbound").Count.ShouldBe(14);
        _place.Sandbox.Faults.Remove(fault);
        _place.Sandbox.Requests.Clear();

        await page.ActAsync(at => at.Find(".part-notice button").ClickAsync(new MouseEventArgs()));

        await page.WaitForAssertionAsync(() => page.FindAll(".entry-note").Count.ShouldBe(3), s_patience);
        _place.Sandbox.Requests.Counts.ShouldHaveSingleItem().Key.ShouldEndWith("/notes");
    }

    [Fact]
    public async Task Page_RefusedByTheRateLimitAgainAndAgain_WaitsForSomebody()
    {
        var fault = _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations/{id}/notes", Kind = FaultKind.Status, Status = 429 });
        var page = await OpenAsync(Acme.ShowcaseConversationId);
        for (var refusal = 1; refusal <= 10; refusal++)
        {
            var asked = NotesAsked();
            await page.InvokeAsync(() => _place.Clock.Advance(TimeSpan.FromSeconds(10)));
            await page.WaitForStateAsync(() => NotesAsked() > asked && page.Find("summary .ticket-meter").TextContent.StartsWith("This view cost", StringComparison.Ordinal), s_patience);
        }

        await page.WaitForAssertionAsync(() => page.Find(".part-notice").TextContent.ShouldContain("Notes are missing."), s_patience);
        page.FindAll("[role=timer]").ShouldBeEmpty();
        _place.Sandbox.Faults.Remove(fault);
        _place.Clock.Advance(TimeSpan.FromSeconds(10));
        await page.ActAsync(at => at.Find(".part-notice button").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => page.FindAll(".entry-note").Count.ShouldBe(3), s_patience);
    }

    [Fact]
    public async Task Page_NoteComesTwice_ShowsItOnce()
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations/{id}/notes", Kind = FaultKind.DuplicateRecord });

        var page = await OpenAsync(Acme.ShowcaseConversationId);

        page.FindAll(".entry-note").Count.ShouldBe(3);
    }

    [Fact]
    public async Task Preview_WhileAnotherPartComes_StaysWhatItIs()
    {
        var fault = _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/conversations/{id}/notes", Kind = FaultKind.MissingRole });
        var page = await OpenAsync(Acme.ShowcaseConversationId);
        await page.ActAsync(at => at.Find(".entry-preview").ClickAsync(new MouseEventArgs()));
        var address = page.Find("iframe").GetAttribute("src").ShouldNotBeNull();
        _place.Sandbox.Faults.Remove(fault);

        await page.ActAsync(at => at.Find(".part-notice button").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => page.FindAll(".entry-note").Count.ShouldBe(3), s_patience);

        page.Find("iframe").GetAttribute("src").ShouldBe(address);
        await page.ActAsync(at => at.Find(".entry-preview").ClickAsync(new MouseEventArgs()));
        page.FindAll("iframe").ShouldBeEmpty();
    }

    [Fact]
    public async Task NextHit_OnAnotherPage_LeadsBackToIt()
    {
        var text = (await ViewAsync(Acme.LongConversationIds[0])).Messages.Value!.MinBy(message => message.At)!.Text!;
        var page = await OpenAsync(Acme.LongConversationIds[0]);
        await page.ActAsync(at => at.Find("#ticket-find").InputAsync(text[text.IndexOf("[msgtext-", StringComparison.Ordinal)..]));
        page.Find(".ticket-hits").TextContent.ShouldBe("1 of 1");
        await page.ActAsync(at => at.FindAll(".timeline-pager button").First(button => button.TextContent is "Last").ClickAsync(new MouseEventArgs()));
        page.FindAll("mark").ShouldBeEmpty();

        await page.ActAsync(at => at.Find("[aria-label='Next hit']").ClickAsync(new MouseEventArgs()));

        page.FindAll("mark.mark-current").Count.ShouldBe(1);
    }

    [Fact]
    public async Task Page_InstanceIsDisconnected_SaysSoWithTheWayOn()
    {
        await App.DisconnectAsync(_instanceId);

        var page = await OpenAsync(Acme.ShowcaseConversationId);

        page.Find(".part-notice").TextContent.ShouldContain("This instance is not connected");
        page.Find(".part-notice a").GetAttribute("href").ShouldBe("integrations");
        page.Find(".side").TextContent.ShouldContain("(as stored)");
        page.FindAll(".part-notice button").ShouldBeEmpty();
        _place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_TicketWasMerged_LinksToTheOther()
    {
        var (gone, survivor) = (Acme.ConversationIds[10], Acme.ConversationIds[20]);
        Acme.AnswerInstead(gone, survivor).ShouldBeTrue();

        var page = await OpenAsync(gone);

        page.Find(".ticket-gone a").GetAttribute("href").ShouldBe($"tickets/{await IdOfAsync(survivor)}");
        page.Find(".ticket-gone").TextContent.ShouldContain(survivor);
    }

    [Fact]
    public async Task Find_WordsOfEveryMessage_CountsAndMarksThem()
    {
        var page = await OpenAsync(Acme.ShowcaseConversationId);

        await page.ActAsync(at => at.Find("#ticket-find").InputAsync("MSGTEXT-"));

        page.Find(".ticket-hits").TextContent.ShouldBe("1 of 14");
        page.FindAll("mark").Count.ShouldBe(14);
        page.FindAll("mark.mark-current").Count.ShouldBe(1);
        await page.ActAsync(at => at.Find("#ticket-find").KeyDownAsync(new KeyboardEventArgs { Key = "Enter", ShiftKey = true }));
        page.Find(".ticket-hits").TextContent.ShouldBe("14 of 14");
        await page.ActAsync(at => at.Find("#ticket-find").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" }));
        page.FindAll("mark").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("\\\\evil.example")]
    public async Task Page_ListThatIsNoneOfOurs_LeadsToOurOwnList(string list)
    {
        var page = await OpenAsync(Acme.ShowcaseConversationId, list);

        page.FindAll(".ticket-crumb a").ShouldAllBe(link => link.GetAttribute("href")!.StartsWith("tickets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_FromAList_StepsToItsNeighbours()
    {
        var list = new TicketQuery { SortKey = "createdAt", IsAscending = true };
        var ids = (await App.AsAdminAsync<TicketSearch, TicketPageOfRows>(search => search.ReadPageAsync(list, SyncedPlace.Viewer, default))).Rows.Select(row => row.Id).ToList();
        var kustomerId = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.Id == ids[1]).Select(ticket => ticket.KustomerId).SingleAsync());

        var page = await OpenAsync(kustomerId, "sort=createdAt&dir=asc");

        await page.WaitForAssertionAsync(() => page.Find("[rel=next]").GetAttribute("href").ShouldBe(ListAddress.OfTicket(ids[2], list)), s_patience);
        page.Find("[rel=prev]").GetAttribute("href").ShouldBe(ListAddress.OfTicket(ids[0], list));
    }

    private async Task<IRenderedComponent<TicketPage>> OpenAsync(string kustomerId, string? list = null)
    {
        var id = await IdOfAsync(kustomerId);
        _browser.Services.GetRequiredService<NavigationManager>().NavigateTo($"tickets/{id}{(list is null ? "" : $"?list={Uri.EscapeDataString(list)}")}");
        var page = _browser.Render<TicketPage>(parameters => parameters.Add(ticket => ticket.Id, id));
        await page.WaitForAssertionAsync(() => page.Find("summary .ticket-meter").TextContent.ShouldStartWith("This view cost"), s_patience);
        return page;
    }

    private Task<TicketView> ViewAsync(string kustomerId) => App.AsAdminAsync<TicketViewer, TicketView>(async viewer =>
        await viewer.OpenAsync((await viewer.FindAsync(await IdOfAsync(kustomerId), default)).ShouldNotBeNull(), new TicketMeter(_place.Clock), null, default));

    private int NotesAsked() => _place.Sandbox.Requests.Counts.Where(count => count.Key.EndsWith("/notes", StringComparison.Ordinal)).Sum(count => count.Value);

    private Task<long> IdOfAsync(string kustomerId) =>
        App.StoredAsync(db => db.Tickets.Where(ticket => ticket.KustomerId == kustomerId).Select(ticket => ticket.Id).SingleAsync());
}

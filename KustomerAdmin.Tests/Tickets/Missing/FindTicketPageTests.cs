using Bunit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Missing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using FilterOperator = KustomerAdmin.Filters.FilterOperator;

namespace KustomerAdmin.Tests.Tickets.Missing;

/// <summary>The page with the console's own services.</summary>
public sealed class FindTicketPageTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BunitContext _browser = new();
    private Workplace _place = null!;
    private AsyncServiceScope _circuit;
    private long _acmeId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _acmeId = await App.ConnectAsync(_place.Acme);
        await App.RunSyncAsync(_acmeId);
        _circuit = await App.OpenCircuitAsync();
        _browser.JSInterop.Mode = JSRuntimeMode.Loose;
        _browser.Services.AddRadzenComponents();
        _browser.Services.AddScoped<ViewerClock>();
        _browser.Services.AddSingleton<TimeProvider>(_place.Clock);
        Lend<TicketFinder>();
        Lend<FilterFields>();
        Lend<InstanceActions>();
        Lend<InstanceSettings>();
        Lend<InstanceList>();
        Lend<FirstSync>();
        _browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public void Page_WithoutATicket_AsksForOneAndSaysWhatItCosts()
    {
        var page = Open(null);

        page.Find("#find-words").TextContent.ShouldContain("one request for each connected organisation");
        page.FindAll(".finding").ShouldBeEmpty();
    }

    [Fact]
    public void Page_WithTextThatNamesNoTicket_SaysWhatDoes() => Open("Where is my order?").Find("#find-fault").TextContent.ShouldContain("This names no ticket");

    [Fact]
    public async Task Form_Sent_GoesToTheAddressOfTheAnswer()
    {
        var list = TicketQuery.FromAddress("tickets?status=open");
        var page = Open(null, list);

        await page.ActAsync(at => at.Find("#find-ticket").InputAsync(new ChangeEventArgs { Value = "  " + _place.Acme.ConversationIds[0] }));
        await page.ActAsync(at => at.Find("form").SubmitAsync());

        _browser.Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith(FindTicketPage.AddressOf(_place.Acme.ConversationIds[0], list));
    }

    [Fact]
    public async Task Ticket_KeptOut_NamesTheConditionsAndLinksToTheListWithoutThem()
    {
        var list = new TicketQuery { Filter = new FilterGroup(false, [new FilterCondition("status", FilterOperator.Is, ["no such"]), new FilterCondition("subject", FilterOperator.IsNotEmpty, [])]) };

        var page = await AnsweredAsync(_place.Acme.ConversationIds[3], list);

        page.Find(".finding li").TextContent.ShouldBe("Status is no such");
        page.Find(".finding .button-primary").GetAttribute("href").ShouldBe((list with { Filter = new FilterGroup(false, [new FilterCondition("subject", FilterOperator.IsNotEmpty, [])]) }).ToAddress());
        page.Find(".find-list").TextContent.ShouldContain("Status is no such and Subject is not empty");
        page.Find(".find-cost").TextContent.ShouldContain("cost no request");
    }

    [Fact]
    public async Task Ticket_NotSyncedYet_IsAskedForWithOneClick()
    {
        _place.Clock.Advance(TimeSpan.FromMinutes(20));
        var page = await AnsweredAsync(_place.Acme.Create());
        page.Find(".find-cost").TextContent.ShouldContain("cost 1 request");

        await page.ActAsync(at => at.Find(".finding .button-primary").ClickAsync(new MouseEventArgs()));

        page.Find(".find-said").TextContent.ShouldContain("was asked for");
        (await App.InstanceAsync(_acmeId)).RunRequestedBy.ShouldBe(TestApp.AdminName);
        await App.RunSyncAsync(_acmeId);
        await page.ActAsync(at => at.Find(".find-cost .button").ClickAsync(new MouseEventArgs()));
        await page.WaitForAssertionAsync(() => page.Find(".finding").TextContent.ShouldContain("It is on the list."), s_patience);
    }

    [Fact]
    public async Task Ticket_OfAPausedInstance_ResumesItWithOneClick()
    {
        await App.AsAdminAsync<InstanceActions, string?>(actions => actions.PauseAsync(_acmeId, default));
        var page = await AnsweredAsync(_place.Acme.Create());

        await page.ActAsync(at => at.Find(".finding .button-primary").ClickAsync(new MouseEventArgs()));

        (await App.InstanceAsync(_acmeId)).Run.ShouldBe(RunState.Idle);
    }

    [Fact]
    public async Task Ticket_OlderThanTheStart_MovesItOnlyWhenConfirmed()
    {
        var updatedAt = new DateTimeOffset(2026, 3, 5, 13, 0, 0, TimeSpan.Zero);
        (FoundInstance, DateTimeOffset)? moved = null;
        var view = _browser.Render<TicketFindingView>(parameters => parameters
            .Add(component => component.Finding, new TicketFinding.TooOld(new FoundInstance(1, "acme", "acme"), updatedAt, updatedAt.AddDays(10)))
            .Add(component => component.List, new TicketQuery()).Add(component => component.Fields, []).Add(component => component.Names, FilterNames.None)
            .Add(component => component.OnMoveStart, move => moved = move));

        await view.ActAsync(at => at.Find(".confirm button").ClickAsync(new MouseEventArgs()));
        moved.ShouldBeNull();
        view.Find(".confirm button").TextContent.ShouldBe("Confirm: load everything from 5 Mar 2026 on");
        await view.ActAsync(at => at.Find(".confirm button").ClickAsync(new MouseEventArgs { Detail = 1 }));

        moved.ShouldBe((new FoundInstance(1, "acme", "acme"), new DateTimeOffset(2026, 3, 5, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Names_ThatAreMarkup_AreShownAsText() =>
        (await AnsweredAsync(_place.Acme.ConversationIds[3], new TicketQuery { Filter = new FilterGroup(false, [new FilterCondition("status", FilterOperator.Is, ["<script>alert(1)</script>"])]) })).FindAll("script").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Findings))]
    public void Finding_OfEachKind_SaysSomethingOfItsOwn(TicketFinding finding)
    {
        var view = _browser.Render<TicketFindingView>(parameters => parameters
            .Add(component => component.Finding, finding).Add(component => component.List, new TicketQuery()).Add(component => component.Fields, []).Add(component => component.Names, FilterNames.None));

        view.Find("p strong").TextContent.ShouldNotBeNullOrWhiteSpace();
    }

    public static TheoryData<TicketFinding> Findings
    {
        get
        {
            var (acme, at) = (new FoundInstance(1, "acme", "acme"), new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero));
            TicketFinding[] all =
            [
                new TicketFinding.Listed(acme, 1), new TicketFinding.Filtered(acme, 1, []), new TicketFinding.Sampled(acme, 1, 25), new TicketFinding.Gone(acme, null, null, null), new TicketFinding.Gone(acme, 1, at, new Survivor("5f", null)),
                new TicketFinding.Unknown(acme), new TicketFinding.Unconnected(null), new TicketFinding.Unconnected("initech"), new TicketFinding.Unreachable(acme, true, null), new TicketFinding.Unreachable(acme, false, "The API key has expired."),
                new TicketFinding.Unanswered(acme, "Kustomer did not answer in time."), new TicketFinding.TooOld(acme, at, null), new TicketFinding.Paused(acme, null), new TicketFinding.Failing(acme, at, null), new TicketFinding.Waiting(acme, at),
                new TicketFinding.Loading(acme, at, at), new TicketFinding.NotYet(acme, at, null), new TicketFinding.Overlooked(acme, at, at), new TicketFinding.Unreadable(acme, "updatedAt is missing or not a date.", true),
            ];
            all.Select(finding => finding.GetType()).Distinct().Count().ShouldBe(typeof(TicketFinding).GetNestedTypes().Length, "every kind is here");
            return [.. all];
        }
    }

    private void Lend<T>()
        where T : class => _browser.Services.AddSingleton(_circuit.ServiceProvider.GetRequiredService<T>());

    private IRenderedComponent<FindTicketPage> Open(string? typed, TicketQuery? list = null)
    {
        _browser.Services.GetRequiredService<NavigationManager>().NavigateTo(FindTicketPage.AddressOf(typed, list ?? new TicketQuery()));
        return _browser.Render<FindTicketPage>();
    }

    private async Task<IRenderedComponent<FindTicketPage>> AnsweredAsync(string typed, TicketQuery? list = null)
    {
        var page = Open(typed, list);
        await page.WaitForAssertionAsync(() => page.Find(".finding").ShouldNotBeNull(), s_patience);
        return page;
    }
}

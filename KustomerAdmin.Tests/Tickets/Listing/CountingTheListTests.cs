using Bunit;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Listing;

/// <summary>However a list came to be shown, its total is counted after its rows and of the same moment.</summary>
public sealed class CountingTheListTests : IAsyncLifetime
{
    private const string Zebras = "tickets?filter=subject:contains:zebra";

    private Workplace _place = null!;
    private ListCircuit _circuit = null!;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(tickets: 200);
        foreach (var subject in new[] { "one zebra", "two zebras", "Zebra crossing", "a horse" })
        {
            _place.Acme.Create(subject);
        }

        await _place.App.RunSyncAsync(await _place.App.ConnectAsync(_place.Acme));
        _circuit = await ListCircuit.OpenAsync(_place);
    }

    public async Task DisposeAsync()
    {
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Filter_Changed_IsCountedByWhatItsPageFoundAndNothingIsLeftBehind()
    {
        var page = await _circuit.ShowAsync("tickets?filter=subject:contains:horse");
        await ShouldShowAsync(page, 1, "1 ticket");

        await GoAsync(page, Zebras);
        await ShouldShowAsync(page, 3, "3 tickets");
        await MakeAZebraOfTheHorseAsync();

        (await _circuit.Get<TicketSearch>().CountAsync(TicketQuery.FromAddress(Zebras), SyncedPlace.Viewer, isExact: false, CancellationToken.None)).Number.ShouldBe(4, "the count before this one used what the page found");
    }

    [Fact]
    public async Task List_ReadAnewAfterItsOrderChanged_CountsWhatCameMeanwhile()
    {
        var page = await _circuit.ShowAsync(Zebras);
        await ShouldShowAsync(page, 3, "3 tickets");
        await GoAsync(page, Zebras + "&sort=subject&dir=asc");
        await page.WaitForAssertionAsync(() => page.Find(".ticket-table tbody .ticket-link").TextContent.ShouldBe("Zebra crossing"), ListCircuit.Patience);
        await MakeAZebraOfTheHorseAsync();

        await GoAsync(page, Zebras + "&sort=subject&dir=asc");

        await ShouldShowAsync(page, 4, "4 tickets");
    }

    private Task GoAsync(IRenderedComponent<TicketsPage> page, string address) => page.InvokeAsync(() => _circuit.Navigation.NavigateTo(address));

    private Task MakeAZebraOfTheHorseAsync() =>
        _place.App.StoredAsync(db => db.Tickets.Where(ticket => ticket.Subject == "a horse").ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.Subject, "another zebra")));

    private static Task ShouldShowAsync(IRenderedComponent<TicketsPage> page, int rows, string total) => page.WaitForAssertionAsync(
        () =>
        {
            page.FindAll(".ticket-table tbody tr").Count.ShouldBe(rows);
            page.Find(".ticket-total").TextContent.Trim().ShouldBe(total);
        },
        ListCircuit.Patience);
}

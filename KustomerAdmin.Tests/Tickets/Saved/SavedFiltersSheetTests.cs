using Bunit;
using KustomerAdmin.Filters;
using KustomerAdmin.Tests.Tickets.Listing;
using KustomerAdmin.Tickets.Saved;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tests.Tickets.Saved;

public sealed class SavedFiltersSheetTests : IAsyncLifetime
{
    private static readonly TicketQuery s_list = new() { Filter = FilterText.Parse("status:is:open") };

    private Workplace _place = null!;
    private ListCircuit _circuit = null!;
    private IReadOnlyList<SavedFilterLine> _lines = [];

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(tickets: 1);
        _circuit = await ListCircuit.OpenAsync(_place);
    }

    public async Task DisposeAsync()
    {
        await _circuit.DisposeAsync();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Save_ListWithAName_IsThereAndPinned()
    {
        var saved = false;
        var sheet = _circuit.Browser.Render<SaveFilterSheet>(parameters => parameters.Add(form => form.Query, s_list).Add(form => form.OnSaved, () => saved = true));

        await sheet.ActAsync(at => at.Find("form").SubmitAsync());
        sheet.Find("[role=alert]").TextContent.ShouldBe("Give the filter a name.");
        saved.ShouldBeFalse();

        await sheet.ActAsync(at => at.Find("input[type=text]").InputAsync(new() { Value = "Open" }));
        await sheet.ActAsync(at => at.FindAll("input[type=checkbox]")[0].ChangeAsync(new() { Value = true }));
        await sheet.ActAsync(at => at.Find("form").SubmitAsync());

        saved.ShouldBeTrue();
        (await ReadAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(line => line.IsShared.ShouldBeTrue(), line => line.IsPinned.ShouldBeTrue(), line => line.IsDefault.ShouldBeFalse());
    }

    [Fact]
    public async Task Row_OfOnesOwn_RenamesPinsAndDeletesAfterConfirming()
    {
        await _circuit.Get<SavedFilters>().SaveAsync("Open", s_list, false, CancellationToken.None);
        var sheet = await OpenAsync();

        await sheet.ActAsync(at => at.Find("[aria-label='Rename Open']").ClickAsync(new()));
        await sheet.ActAsync(at => at.Find(".saved-rename input").InputAsync(new() { Value = "Open ones" }));
        await sheet.ActAsync(at => at.Find(".saved-rename").SubmitAsync());
        await sheet.WaitForAssertionAsync(() => sheet.Find(".saved-head a").TextContent.ShouldBe("Open ones"), ListCircuit.Patience);

        await sheet.ActAsync(at => at.Find("[aria-label='Open my list with Open ones']").ClickAsync(new()));
        await sheet.WaitForAssertionAsync(() => sheet.Find("[aria-label='Do not open my list with Open ones']").GetAttribute("aria-pressed").ShouldBe("true"), ListCircuit.Patience);

        await sheet.ActAsync(at => at.Find(".confirm button").ClickAsync(new()));
        sheet.Find(".confirm button").TextContent.ShouldBe("Confirm: delete it");
        await sheet.ActAsync(at => at.Find(".confirm button").ClickAsync(new()));
        await sheet.WaitForAssertionAsync(() => sheet.Find(".empty-title").TextContent.ShouldBe("Nothing is saved yet"), ListCircuit.Patience);
    }

    [Fact]
    public async Task Row_OfSomebodyElse_CanOnlyBeTakenOver()
    {
        await _place.App.AsColleagueAsync<SavedFilters, SavedFilterResult>(filters => filters.SaveAsync("Theirs", s_list, true, CancellationToken.None));

        var sheet = await OpenAsync();

        sheet.Find(".saved-head").TextContent.ShouldContain($"Shared by {TestApp.ColleagueName}");
        sheet.FindAll(".saved-actions button").Select(button => button.TextContent.Trim()).Where(text => text.Length > 0).ShouldBe(["Duplicate"]);
    }

    [Fact]
    public async Task Row_ChangedMeanwhile_SaysSoAndShowsWhatIsThere()
    {
        var id = (await _circuit.Get<SavedFilters>().SaveAsync("Open", s_list, false, CancellationToken.None)).Id!.Value;
        var sheet = await OpenAsync();
        await _circuit.Get<SavedFilters>().RenameAsync(id, 1, "Renamed in another window", CancellationToken.None);

        await sheet.ActAsync(at => at.Find("[aria-label='Share Open']").ClickAsync(new()));

        await sheet.WaitForAssertionAsync(() => sheet.Find("[role=alert]").TextContent.ShouldContain("changed by"), ListCircuit.Patience);
        sheet.Find(".saved-head a").TextContent.ShouldBe("Renamed in another window");
    }

    private async Task<IRenderedComponent<SavedFiltersSheet>> OpenAsync()
    {
        await ReadAsync();
        IRenderedComponent<SavedFiltersSheet>? sheet = null;
        sheet = _circuit.Browser.Render<SavedFiltersSheet>(parameters => parameters.Add(shown => shown.Lines, _lines).Add(shown => shown.Query, s_list).Add(shown => shown.OnChanged, async () =>
        {
            await ReadAsync();
            sheet!.Render(again => again.Add(shown => shown.Lines, _lines));
        }));
        return sheet;
    }

    private async Task<IReadOnlyList<SavedFilterLine>> ReadAsync() => _lines = await _circuit.Get<SavedFilters>().ReadAsync(CancellationToken.None);
}

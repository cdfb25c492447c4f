using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Saved;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets.Saved;

/// <summary>What one admin saves, and what another sees of it.</summary>
public sealed class SavedFiltersTests : IAsyncLifetime
{
    private static readonly TicketQuery s_list = new()
    {
        Filter = FilterText.Parse("status:is:open;or(custom.regionStr:is:EMEA;priority:atLeast:3)"),
        SortKey = "custom.orderValueNum",
        Columns = ["subject", "custom.carrierStr"],
        Page = 7,
    };

    private readonly TestApp _app = TestApp.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Save_List_KeepsAllButItsPage()
    {
        var id = await SaveAsync("  Open   in EMEA ");

        var line = (await MineAsync()).ShouldHaveSingleItem();
        line.ShouldSatisfyAllConditions(
            saved => saved.Id.ShouldBe(id),
            saved => saved.Name.ShouldBe("Open in EMEA"),
            saved => saved.IsOwn.ShouldBeTrue(),
            saved => saved.IsShared.ShouldBeFalse(),
            saved => saved.Address.ShouldBe((s_list with { Page = 1 }).ToAddress()));
        (await EntriesAsync()).ShouldBe([(AuditActions.FilterSaved, "Open in EMEA", "Private")]);
    }

    [Fact]
    public async Task Save_List_NamesTheFieldsThatItAsksFor()
    {
        var id = await SaveAsync("Region");
        (await FieldsAsync(id)).ShouldBe(["custom.orderValueNum", "custom.regionStr", "priority", "status"]);

        (await ChangeAsync(filters => filters.UpdateAsync(id, 1, new TicketQuery { Filter = FilterText.Parse("custom.regionStr:is:APAC") }, CancellationToken.None))).Refusal.ShouldBeNull();

        (await FieldsAsync(id)).ShouldBe(["custom.regionStr", "updatedAt"]);
    }

    [Theory]
    [InlineData("", "Give the filter a name.")]
    [InlineData("   ", "Give the filter a name.")]
    [InlineData("open", "You have a filter of this name already.")]
    [InlineData(null, "A name has at most 100 characters.")]
    public async Task Save_ANameThatCannotBe_IsRefused(string? name, string refusal)
    {
        await SaveAsync("Open");

        (await ChangeAsync(filters => filters.SaveAsync(name ?? new string('x', 101), s_list, false, CancellationToken.None))).Refusal.ShouldBe(refusal);

        (await MineAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Save_TheSameNameByAnotherAdmin_IsTheirsToGive()
    {
        await SaveAsync("Open", isShared: true);

        (await OthersChangeAsync(filters => filters.SaveAsync("Open", s_list, false, CancellationToken.None))).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Save_OneMoreThanTheMost_IsRefused()
    {
        await SaveAsync("First");
        await _app.ChangeStoredAsync(async db =>
        {
            var owner = (await db.SavedFilters.SingleAsync()).OwnerId;
            for (var number = 1; number < SavedFilters.Most; number++)
            {
                db.SavedFilters.Add(new SavedFilter { OwnerId = owner, Name = $"Filter {number}", Address = "tickets", ChangedAt = DateTimeOffset.UnixEpoch });
            }
        });

        (await ChangeAsync(filters => filters.SaveAsync("One more", s_list, false, CancellationToken.None))).Refusal.ShouldNotBeNull().ShouldContain("200 saved filters");
        (await ChangeAsync(async filters => await filters.DuplicateAsync((await filters.ReadAsync(CancellationToken.None))[0].Id, CancellationToken.None))).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public async Task Share_AFilter_ShowsItToOthersAndTakesItBack()
    {
        var id = await SaveAsync("Mine");
        (await TheirsAsync()).ShouldBeEmpty();

        (await ChangeAsync(filters => filters.ShareAsync(id, 1, true, CancellationToken.None))).Refusal.ShouldBeNull();
        (await TheirsAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(line => line.IsOwn.ShouldBeFalse(), line => line.Owner.ShouldBe(TestApp.AdminName));
        (await ChangeAsync(filters => filters.ShareAsync(id, 2, false, CancellationToken.None))).Refusal.ShouldBeNull();
        (await TheirsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Change_BySomebodyElse_IsRefusedInTheService()
    {
        var shared = await SaveAsync("Shared", isShared: true);
        var hidden = await SaveAsync("Private");
        Func<SavedFilters, long, Task<SavedFilterResult>>[] changes =
        [
            (filters, id) => filters.RenameAsync(id, 1, "Stolen", CancellationToken.None),
            (filters, id) => filters.ShareAsync(id, 1, false, CancellationToken.None),
            (filters, id) => filters.UpdateAsync(id, 1, new TicketQuery(), CancellationToken.None),
            (filters, id) => filters.DeleteAsync(id, 1, CancellationToken.None),
        ];

        foreach (var change in changes)
        {
            (await OthersChangeAsync(filters => change(filters, shared))).Refusal.ShouldBe($"This filter belongs to {TestApp.AdminName}. Duplicate it to change it.");
            (await OthersChangeAsync(filters => change(filters, hidden))).Refusal.ShouldBe("This filter is not there any more.", "what somebody keeps to themselves is not there for others");
        }

        (await OthersChangeAsync(filters => filters.DuplicateAsync(hidden, CancellationToken.None))).Refusal.ShouldNotBeNull();
        (await TheirPinAsync(hidden)).ShouldNotBeNull();
        (await MineAsync()).Select(line => (line.Name, line.Version)).ShouldBe([("Private", 1L), ("Shared", 1L)]);
    }

    [Fact]
    public async Task Change_OfWhatChangedMeanwhile_IsRefused()
    {
        var id = await SaveAsync("Open");
        (await ChangeAsync(filters => filters.RenameAsync(id, 1, "Open ones", CancellationToken.None))).Refusal.ShouldBeNull();

        (await ChangeAsync(filters => filters.UpdateAsync(id, 1, new TicketQuery(), CancellationToken.None))).Refusal.ShouldNotBeNull().ShouldContain($"changed by {TestApp.AdminName} meanwhile");
        (await ChangeAsync(filters => filters.DeleteAsync(id, 1, CancellationToken.None))).Refusal.ShouldNotBeNull();

        (await MineAsync()).ShouldHaveSingleItem().Address.ShouldBe((s_list with { Page = 1 }).ToAddress());
    }

    [Fact]
    public async Task Duplicate_OfAShared_IsAPrivateCopyOfOnesOwn()
    {
        var id = await SaveAsync("Open", isShared: true);

        (await OthersChangeAsync(filters => filters.DuplicateAsync(id, CancellationToken.None))).Refusal.ShouldBeNull();
        (await OthersChangeAsync(filters => filters.DuplicateAsync(id, CancellationToken.None))).Refusal.ShouldBeNull();

        (await TheirsAsync()).Where(line => line.IsOwn).Select(line => line.Name).ShouldBe(["Open (copy 2)", "Open (copy)"], ignoreOrder: true);
        (await MineAsync()).ShouldHaveSingleItem();
        (await FieldsAsync((await TheirsAsync())[0].Id)).ShouldContain("custom.regionStr");
    }

    [Fact]
    public async Task Delete_AFilter_GoesForEverybodyWithWhatTheyChose()
    {
        var id = await SaveAsync("Open", isShared: true);
        (await TheirPinAsync(id)).ShouldBeNull();

        (await ChangeAsync(filters => filters.DeleteAsync(id, 1, CancellationToken.None))).Refusal.ShouldBeNull();

        (await TheirsAsync()).ShouldBeEmpty();
        (await _app.StoredAsync(db => db.SavedFilterChoices.CountAsync())).ShouldBe(0);
        (await _app.StoredAsync(db => db.SavedFilterFields.CountAsync())).ShouldBe(0);
        (await EntriesAsync())[^1].ShouldBe((AuditActions.FilterDeleted, "Open", null));
    }

    [Fact]
    public async Task Default_OfAnAdmin_IsOneAndOnlyTheirs()
    {
        var one = await SaveAsync("One", isShared: true);
        var other = await SaveAsync("Other", new TicketQuery { Filter = FilterText.Parse("status:is:done") });
        (await DefaultAsync()).ShouldBeNull();

        (await ChooseAsync(choices => choices.SetDefaultAsync(one, true, CancellationToken.None))).ShouldBeNull();
        (await ChooseAsync(choices => choices.SetDefaultAsync(other, true, CancellationToken.None))).ShouldBeNull();

        (await MineAsync()).Where(line => line.IsDefault).ShouldHaveSingleItem().Id.ShouldBe(other);
        (await DefaultAsync()).ShouldNotBeNull().ShouldContain("done");
        (await TheirsAsync()).ShouldHaveSingleItem().IsDefault.ShouldBeFalse();
        (await ChooseAsync(choices => choices.SetDefaultAsync(other, false, CancellationToken.None))).ShouldBeNull();
        (await DefaultAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Default_ThatIsNotSharedAnyMore_OpensNothing()
    {
        var id = await SaveAsync("Shared", isShared: true);
        (await _app.AsColleagueAsync<SavedFilterChoices, string?>(choices => choices.SetDefaultAsync(id, true, CancellationToken.None))).ShouldBeNull();

        await ChangeAsync(filters => filters.ShareAsync(id, 1, false, CancellationToken.None));

        (await _app.AsColleagueAsync<SavedFilterChoices, string?>(choices => choices.ReadDefaultAsync(CancellationToken.None))).ShouldBeNull();
    }

    private async Task<long> SaveAsync(string name, TicketQuery? list = null, bool isShared = false) =>
        (await ChangeAsync(filters => filters.SaveAsync(name, list ?? s_list, isShared, CancellationToken.None))).Id.ShouldNotBeNull();

    private Task<SavedFilterResult> ChangeAsync(Func<SavedFilters, Task<SavedFilterResult>> change) => _app.AsAdminAsync(change);

    private Task<SavedFilterResult> OthersChangeAsync(Func<SavedFilters, Task<SavedFilterResult>> change) => _app.AsColleagueAsync(change);

    private Task<string?> ChooseAsync(Func<SavedFilterChoices, Task<string?>> choose) => _app.AsAdminAsync(choose);

    private Task<string?> TheirPinAsync(long id) => _app.AsColleagueAsync<SavedFilterChoices, string?>(choices => choices.PinAsync(id, true, CancellationToken.None));

    private Task<IReadOnlyList<SavedFilterLine>> MineAsync() => _app.AsAdminAsync<SavedFilters, IReadOnlyList<SavedFilterLine>>(filters => filters.ReadAsync(CancellationToken.None));

    private Task<IReadOnlyList<SavedFilterLine>> TheirsAsync() => _app.AsColleagueAsync<SavedFilters, IReadOnlyList<SavedFilterLine>>(filters => filters.ReadAsync(CancellationToken.None));

    private Task<string?> DefaultAsync() => _app.AsAdminAsync<SavedFilterChoices, string?>(choices => choices.ReadDefaultAsync(CancellationToken.None));

    private Task<List<string>> FieldsAsync(long id) => _app.StoredAsync(db => db.SavedFilterFields.Where(field => field.FilterId == id).Select(field => field.Key).OrderBy(key => key).ToListAsync());

    private async Task<List<(string Action, string? Subject, string? Detail)>> EntriesAsync() =>
        [.. (await _app.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync())).Select(entry => (entry.Action, entry.Subject, entry.Detail))];
}

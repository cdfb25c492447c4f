using KustomerAdmin.Filters;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Tickets;

/// <summary>Tags by the names that people know; Kustomer's tickets have their ids.</summary>
public sealed class TagNamesTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(tickets: 120);
        _instanceId = await App.ConnectAsync(_place.Acme);
        await App.RunSyncAsync(_instanceId);
        await App.KeepStatisticsAsync(_instanceId);
    }

    public Task DisposeAsync() => _place.DisposeAsync().AsTask();

    [Fact]
    public async Task List_WithTags_ShowsTheirNamesAndFindsByThem()
    {
        var refund = (await SuggestAsync("REFUND")).ShouldHaveSingleItem();
        var query = TicketQuery.FromAddress($"tickets?filter=tag:anyOf:{refund.Value}") with { Columns = ["subject", OwnField.Tag] };

        var rows = (await App.AsAdminAsync<TicketSearch, TicketPageOfRows>(search => search.ReadPageAsync(query, SyncedPlace.Viewer, CancellationToken.None))).Rows;
        var names = await App.AsAdminAsync<FilterFields, FilterNames>(fields => fields.ReadNamesAsync(CancellationToken.None));

        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => row.Tags.Contains("refund") && row.Tags.SequenceEqual(row.Tags.Order(StringComparer.OrdinalIgnoreCase)));
        rows.SelectMany(row => row.Tags).ShouldAllBe(tag => !tag.StartsWith("5f", StringComparison.Ordinal) && tag.Length < 24, "names, not ids");
        string.Concat(FilterSentence.Of(query.Filter, await App.AsAdminAsync<FilterFields, IReadOnlyList<FilterField>>(fields => fields.ReadAsync(CancellationToken.None)), names).Select(part => part.Text)).ShouldEndWith("is any of refund");
    }

    [Fact]
    public async Task Suggestions_WithoutATyping_AreThoseThatMostTicketsHave()
    {
        var suggested = await SuggestAsync("");

        suggested.Count.ShouldBe(ValueSuggestions.Most);
        suggested[0].Tickets.ShouldNotBeNull();
        suggested.Select(value => value.Tickets ?? 0).ShouldBeInOrder(SortDirection.Descending);
        suggested.Select(value => value.Label).ShouldBeUnique();
    }

    [Fact]
    public async Task Tags_OfTwoInstancesWithOneName_AreToldApart()
    {
        await App.StoredAsync(async db =>
        {
            var refund = await db.TagNames.AsNoTracking().SingleAsync(tag => tag.Name == "refund");
            var other = await App.ConnectAsync(_place.Globex);
            await db.TagNames.Where(tag => tag.InstanceId == other).ExecuteDeleteAsync();
            db.TagNames.Add(new() { InstanceId = other, TagId = "64e000000000000000000001", Name = "Refund" });
            await db.SaveChangesAsync();
            return refund;
        });

        (await SuggestAsync("refund")).Select(value => value.Label).Order(StringComparer.OrdinalIgnoreCase).ShouldBe(["refund (acme)", "Refund (globex)"]);
    }

    [Fact]
    public async Task Check_AfterATagWasRenamed_BringsItsNewName()
    {
        await App.StoredAsync(db => db.TagNames.Where(tag => tag.Name == "refund").ExecuteUpdateAsync(set => set.SetProperty(tag => tag.Name, "its old name")));

        await App.AsAdminAsync<ConnectionRecheck, ConnectionReport?>(check => check.RunAsync(_instanceId, CancellationToken.None));

        (await SuggestAsync("refund")).ShouldHaveSingleItem();
        (await SuggestAsync("its old name")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Check_ThatEndsAfterADisconnect_WritesNothing()
    {
        var before = await App.StoredAsync(db => db.Instances.AsNoTracking().SingleAsync(instance => instance.Id == _instanceId));
        (await App.AsAdminAsync<InstanceActions, string?>(actions => actions.DisconnectAsync(_instanceId, CancellationToken.None))).ShouldBeNull();
        await App.StoredAsync(db => db.TagNames.ExecuteDeleteAsync());

        (await App.AsAdminAsync<StoredConnection, ConnectionReport?>(stored => stored.CheckAsync(before, causedBy: null, CancellationToken.None))).ShouldNotBeNull().Tags.ShouldNotBeEmpty();

        (await App.StoredAsync(db => db.TagNames.CountAsync())).ShouldBe(0);
    }

    private Task<IReadOnlyList<ValueSuggestion>> SuggestAsync(string typed) =>
        App.AsAdminAsync<ValueSuggestions, IReadOnlyList<ValueSuggestion>>(suggestions => suggestions.SuggestAsync(OwnField.Tag, typed, CancellationToken.None));
}

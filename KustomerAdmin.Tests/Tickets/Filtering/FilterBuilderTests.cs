using Bunit;
using KustomerAdmin.Filters;
using KustomerAdmin.Tests.Tickets.Listing;
using KustomerAdmin.Tickets.Filtering;

namespace KustomerAdmin.Tests.Tickets.Filtering;

/// <summary>The builder with the fields and values of tickets that were synced.</summary>
public sealed class FilterBuilderTests : IClassFixture<SyncedPlace>, IAsyncLifetime
{
    private readonly SyncedPlace _synced;
    private ListCircuit _circuit = null!;
    private IReadOnlyList<FilterField> _fields = [];
    private FilterNames _names = FilterNames.None;
    private string? _applied;

    public FilterBuilderTests(SyncedPlace synced) => _synced = synced;

    public async Task InitializeAsync()
    {
        _circuit = await ListCircuit.OpenAsync(_synced.Place);
        _fields = await _circuit.Get<FilterFields>().ReadAsync(CancellationToken.None);
        _names = await _circuit.Get<FilterFields>().ReadNamesAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await _circuit.DisposeAsync();

    [Theory]
    [InlineData("subject", "is|is not|contains|starts with|is empty|is not empty")]
    [InlineData("priority", "is|is not|is less than|is at most|is more than|is at least|is between|is empty|is not empty")]
    [InlineData("createdAt", "is in the last|is longer ago than the last|is in the next|is|is not|is before|is on or before|is after|is on or after|is between|is empty|is not empty")]
    [InlineData("spam", "is|is not|is empty|is not empty")]
    [InlineData("channel", "is any of|is all of|is none of|is empty|is not empty")]
    [InlineData("status", "is|is not|is empty|is not empty")]
    public async Task Field_OfEachType_OffersItsOperators(string field, string operators)
    {
        var builder = Open("");

        await ChooseAsync(builder, field);

        builder.FindAll(".filter-operator option").Select(option => option.TextContent).ShouldBe(operators.Split('|'));
    }

    [Theory]
    [InlineData("subject", "Contains", "order", "subject:contains:order")]
    [InlineData("priority", "AtLeast", "3", "priority:atLeast:3")]
    [InlineData("createdAt", "LessThan", "2026-09-01", "createdAt:lessThan:2026-09-01")]
    [InlineData("spam", "Is", "false", "spam:is:false")]
    [InlineData("createdAt", "NotInTheLast", null, "createdAt:notInTheLast:7 days")]
    [InlineData("satisfaction", "IsEmpty", null, "satisfaction:isEmpty")]
    public async Task Condition_Built_IsAppliedAsItWasBuilt(string field, string asked, string? value, string expected)
    {
        var builder = Open("");
        await ChooseAsync(builder, field);
        await builder.ActAsync(at => at.Find(".filter-operator").ChangeAsync(new() { Value = asked }));
        if (value is not null)
        {
            await builder.ActAsync(at => at.Find(".filter-value") is var box && box.GetAttribute("type") is "text" ? box.InputAsync(new() { Value = value }) : box.ChangeAsync(new() { Value = value }));
        }

        await builder.ActAsync(at => at.Find("form").SubmitAsync());

        _applied.ShouldBe(expected);
    }

    [Fact]
    public async Task Values_OfAList_AreSuggestedAndSeveralCanBeTaken()
    {
        var builder = Open("");
        await ChooseAsync(builder, "channel");
        await builder.ActAsync(at => at.Find(".filter-tokens input").ClickAsync(new()));
        await builder.WaitForAssertionAsync(() => builder.FindAll(".filter-tokens [role=option]").Count.ShouldBeGreaterThan(2), ListCircuit.Patience);

        await TakeAsync(builder, "email");
        await TakeAsync(builder, "chat");
        await builder.ActAsync(at => at.Find("form").SubmitAsync());

        _applied.ShouldBe("channel:anyOf:email,chat");
    }

    [Fact]
    public async Task Values_OfAnInstance_AreSuggestedByItsName()
    {
        var builder = Open("instance:is:" + _synced.AcmeId);
        builder.Find(".token bdi").TextContent.ShouldBe("acme");

        await builder.ActAsync(at => at.Find(".filter-tokens input").InputAsync(new() { Value = "glob" }));
        await builder.WaitForAssertionAsync(() => builder.FindAll(".filter-tokens [role=option]").Count.ShouldBe(1), ListCircuit.Patience);
        await TakeAsync(builder, "globex");
        await builder.ActAsync(at => at.Find("form").SubmitAsync());

        _applied.ShouldBe($"instance:is:{_synced.AcmeId},{_synced.GlobexId}");
    }

    [Fact]
    public async Task Values_TypedIntoABoxOfFreeText_AreTakenAsTheyAre()
    {
        var builder = Open("");
        await ChooseAsync(builder, "custom.carrierStr");

        await builder.ActAsync(at => at.Find(".filter-tokens input").ChangeAsync(new() { Value = " A; (b), c " }));
        await builder.ActAsync(at => at.Find("form").SubmitAsync());

        FilterText.Parse(_applied).ShouldBe(new FilterGroup(false, [new FilterCondition("custom.carrierStr", FilterOperator.Is, ["A; (b), c"])]));
    }

    [Fact]
    public async Task Field_Searched_IsFoundByNameAndByKeyAndGrouped()
    {
        var builder = Open("");
        await builder.ActAsync(at => at.Find(".field-chooser input").InputAsync(new() { Value = "carrier" }));

        builder.Find(".field-chooser [role=option]").TextContent.ShouldContain("text");
        builder.Find(".field-chooser [role=group]").GetAttribute("aria-label").ShouldBe("Custom");

        await builder.ActAsync(at => at.Find(".field-chooser input").InputAsync(new() { Value = "no field at all" }));
        builder.FindAll(".field-chooser [role=option]:not([aria-disabled])").ShouldBeEmpty();
        builder.Find(".combo-nothing").TextContent.ShouldBe("No field is called so.");
    }

    [Theory]
    [InlineData("priority:atLeast:three", "Priority cannot have that value.")]
    [InlineData("createdAt:between:2026-01-01", "Created lacks a value.")]
    [InlineData("status:is", "Status lacks a value.")]
    public async Task Apply_AConditionThatCannotBeAsked_SaysWhyAtThatCondition(string filter, string problem)
    {
        var builder = Open(filter);

        await builder.ActAsync(at => at.Find("form").SubmitAsync());

        _applied.ShouldBeNull();
        builder.Find(".filter-problem").TextContent.ShouldBe(problem);
        builder.Find(".filter-said").TextContent.ShouldBe("One condition cannot be asked like this.");
    }

    [Fact]
    public async Task Apply_AConditionOnAFieldNoLongerStored_KeepsItUntilItIsRemoved()
    {
        var carrier = _fields.Single(field => field.Key is "custom.carrierStr");
        _fields = [.. _fields.Except([carrier]), carrier with { IsStored = false }];
        var builder = Open("custom.carrierStr:is:DHL;gone.field:is:x;status:is:open");

        builder.FindAll(".filter-condition").Count.ShouldBe(3);
        await builder.ActAsync(at => at.Find("form").SubmitAsync());
        _applied.ShouldBe("custom.carrierStr:is:DHL;gone.field:is:x;status:is:open");

        await builder.ActAsync(at => at.Find("[aria-label='Remove condition on Carrier']").ClickAsync(new()));
        await builder.ActAsync(at => at.Find("form").SubmitAsync());
        _applied.ShouldBe("gone.field:is:x;status:is:open");
    }

    [Theory]
    [InlineData("")]
    [InlineData("status:is:open")]
    public async Task Apply_AFieldSoughtAndNotChosen_IsNotDroppedWithoutAWord(string filter)
    {
        var builder = Open(filter);
        if (filter.Length > 0)
        {
            await builder.ActAsync(at => at.Find(".filter-add button").ClickAsync(new()));
        }

        await builder.ActAsync(at => at.FindAll(".field-chooser input")[^1].InputAsync(new() { Value = "priorty" }));
        await builder.ActAsync(at => at.FindAll(".field-chooser")[^1].FocusOutAsync(new()));
        await builder.ActAsync(at => at.Find("form").SubmitAsync());

        _applied.ShouldBeNull();
        builder.Find(".filter-problem").TextContent.ShouldBe("No field is chosen for \"priorty\". Choose one from the list, or remove this condition.");
        builder.FindAll(".field-chooser input")[^1].GetAttribute("value").ShouldBe("priorty");

        await builder.ActAsync(at => at.FindAll(".field-chooser input")[^1].InputAsync(new() { Value = "" }));
        await builder.ActAsync(at => at.Find("form").SubmitAsync());
        _applied.ShouldBe(filter);
    }

    [Fact]
    public async Task Field_SoughtInAConditionThatIsMoved_StaysWritten()
    {
        var builder = Open("status:is:open;or(priority:atLeast:3;priority:atLeast:4)");
        await builder.ActAsync(at => at.FindAll(".filter-add button")[^2].ClickAsync(new()));
        await builder.ActAsync(at => at.FindAll(".field-chooser input")[^1].InputAsync(new() { Value = "priorty" }));

        await builder.ActAsync(at => at.Find("[aria-label='Move new condition up']").ClickAsync(new()));

        builder.Find(".filter-group .filter-group .filter-condition:not(:has(.filter-operator)) input").GetAttribute("value").ShouldBe("priorty");
    }

    [Fact]
    public async Task Apply_MoreConditionsThanAnAddressHolds_IsRefused()
    {
        var builder = Open($"status:is:open;or({string.Join(';', Enumerable.Repeat("priority:atLeast:3", 26))})");

        builder.Find("[aria-label='Duplicate group']").HasAttribute("disabled").ShouldBeTrue();
        builder.Find("[aria-label='Duplicate condition on Status']").HasAttribute("disabled").ShouldBeFalse();

        // As a second click does that is on its way before the button is disabled.
        await builder.InvokeAsync(() => builder.Instance.Edit(draft => draft.Duplicate(draft.Root.Parts[1])));
        await builder.ActAsync(at => at.Find("form").SubmitAsync());

        _applied.ShouldBeNull();
        builder.Find(".filter-said").TextContent.ShouldBe("A filter has at most 50 conditions, and this one has 53. Remove some.");
    }

    [Fact]
    public async Task Groups_AddedMovedAndRemoved_AreWhatTheyLookLike()
    {
        var builder = Open("status:is:open;priority:atLeast:3");

        await builder.ActAsync(at => at.FindAll(".filter-add button")[1].ClickAsync(new()));
        await builder.ActAsync(at => at.Find("[aria-label='Move condition on Priority down']").ClickAsync(new()));
        await builder.ActAsync(at => at.Find("[aria-label='Duplicate condition on Priority']").ClickAsync(new()));
        await builder.ActAsync(at => at.FindAll("[aria-label='Remove new condition']").Single().ClickAsync(new()));
        await builder.ActAsync(at => at.Find("form").SubmitAsync());

        _applied.ShouldBe("status:is:open;or(priority:atLeast:3;priority:atLeast:3)");
    }

    [Fact]
    public async Task Join_OfTheWhole_CanBeAny()
    {
        var builder = Open("status:is:open;priority:atLeast:3");

        await builder.ActAsync(at => at.Find(".filter-group-head select").ChangeAsync(new() { Value = "any" }));
        await builder.ActAsync(at => at.Find("form").SubmitAsync());

        _applied.ShouldBe("or(status:is:open;priority:atLeast:3)");
    }

    private static Task TakeAsync(IRenderedComponent<FilterBuilder> builder, string label) =>
        builder.ActAsync(at => at.FindAll(".filter-tokens [role=option]").Single(option => option.QuerySelector("bdi")!.TextContent == label).ClickAsync(new()));

    private static async Task ChooseAsync(IRenderedComponent<FilterBuilder> builder, string key)
    {
        await builder.ActAsync(at => at.Find(".field-chooser input").InputAsync(new() { Value = key }));
        await builder.ActAsync(at => at.FindAll(".field-chooser [role=option]").First(option => option.Id!.EndsWith("-" + key, StringComparison.Ordinal)).ClickAsync(new()));
    }

    private IRenderedComponent<FilterBuilder> Open(string filter) => _circuit.Browser.Render<FilterBuilder>(parameters => parameters
        .Add(builder => builder.Filter, FilterText.Parse(filter))
        .Add(builder => builder.Fields, _fields)
        .Add(builder => builder.Names, _names)
        .Add(builder => builder.Places, new Dictionary<string, string>(StringComparer.Ordinal))
        .Add(builder => builder.OnApply, applied => _applied = FilterText.Format(applied)));
}

using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Filtering;

namespace KustomerAdmin.Tests.Tickets.Filtering;

public sealed class FilterDraftTests
{
    private static readonly FilterGroup s_filter = FilterText.Parse("status:is:open;or(channel:anyOf:email;priority:atLeast:3);subject:contains:order");

    [Theory]
    [InlineData("")]
    [InlineData("status:is:open,snoozed")]
    [InlineData("or(status:is:open;priority:between:1,2)")]
    [InlineData("status:is:open;or(channel:anyOf:email;priority:atLeast:3);subject:contains:order")]
    [InlineData("gone.field:is:x")]
    public void Filter_TakenUpAndPutBack_IsTheSame(string text) =>
        FilterText.Format(Draft(FilterText.Parse(text)).ToFilter()).ShouldBe(text);

    [Fact]
    public void Filter_OlderWordsForAList_AreSaidAsTheBuilderSaysThem() =>
        FilterText.Format(FilterDraft.Of(FilterText.Parse("channel:is:email"), _ => FilterFieldType.List).ToFilter()).ShouldBe("channel:anyOf:email");

    [Fact]
    public void Add_Condition_TakesTheFocusAndIsNoConditionUntilItHasAField()
    {
        var draft = Draft(s_filter);

        draft.AddCondition(draft.Root);

        draft.Focus.ShouldBe(new DraftFocus(draft.Root.Parts[^1]));
        draft.ToFilter().ShouldBe(s_filter);
    }

    [Fact]
    public void Add_Group_JoinsTheOtherWayAndBeginsWithACondition()
    {
        var draft = Draft(s_filter);

        draft.AddGroup(draft.Root);

        var group = draft.Root.Parts[^1].ShouldBeOfType<DraftGroup>();
        group.IsAny.ShouldBeTrue();
        draft.Focus.ShouldBe(new DraftFocus(group.Parts.ShouldHaveSingleItem()));
        draft.ToFilter().ShouldBe(s_filter);
    }

    [Theory]
    [InlineData(0, "or(channel:anyOf:email;priority:atLeast:3);subject:contains:order", 0)]
    [InlineData(1, "status:is:open;subject:contains:order", 1)]
    [InlineData(2, "status:is:open;or(channel:anyOf:email;priority:atLeast:3)", 1)]
    public void Remove_APart_GivesTheFocusToWhatTakesItsPlace(int place, string left, int focused)
    {
        var draft = Draft(s_filter);

        draft.Remove(draft.Root.Parts[place]);

        FilterText.Format(draft.ToFilter()).ShouldBe(left);
        draft.Focus.ShouldBe(new DraftFocus(draft.Root.Parts[focused]));
    }

    [Fact]
    public void Remove_TheLastPart_GivesTheFocusToItsGroup()
    {
        var draft = Draft(FilterText.Parse("status:is:open"));

        draft.Remove(draft.Root.Parts[0]);

        draft.Focus.ShouldBe(new DraftFocus(draft.Root));
        draft.ToFilter().ShouldBe(FilterGroup.Everything);
    }

    [Fact]
    public void Duplicate_AGroup_CopiesAllOfItBesideIt()
    {
        var draft = Draft(s_filter);

        draft.Duplicate(draft.Root.Parts[1]);

        FilterText.Format(draft.ToFilter()).ShouldBe("status:is:open;or(channel:anyOf:email;priority:atLeast:3);or(channel:anyOf:email;priority:atLeast:3);subject:contains:order");
        draft.Focus.ShouldBe(new DraftFocus(draft.Root.Parts[2]));
        draft.Conditions.ShouldBeUnique();
    }

    [Fact]
    public void Move_DownAgainAndAgain_VisitsEveryPlaceInTheOrderOfReading()
    {
        var draft = Draft(s_filter);
        var status = draft.Root.Parts[0];
        List<string> seen = [];

        while (draft.CanMove(status, isUp: false))
        {
            draft.Move(status, isUp: false);
            draft.Focus.ShouldNotBeNull().Node.ShouldBe(status);
            seen.Add(FilterText.Format(draft.ToFilter()));
        }

        seen.ShouldBe(
        [
            "or(status:is:open;channel:anyOf:email;priority:atLeast:3);subject:contains:order",
            "or(channel:anyOf:email;status:is:open;priority:atLeast:3);subject:contains:order",
            "or(channel:anyOf:email;priority:atLeast:3;status:is:open);subject:contains:order",
            "or(channel:anyOf:email;priority:atLeast:3);status:is:open;subject:contains:order",
            "or(channel:anyOf:email;priority:atLeast:3);subject:contains:order;status:is:open",
        ]);
    }

    [Fact]
    public void Move_UpAndDown_ComesBackToWhereItWas()
    {
        var draft = Draft(s_filter);
        var subject = draft.Root.Parts[2];

        for (var step = 0; step < 4; step++)
        {
            draft.Move(subject, isUp: true);
        }

        draft.Move(subject, isUp: true);
        draft.CanMove(subject, isUp: true).ShouldBeFalse();
        for (var step = 0; step < 5; step++)
        {
            draft.Move(subject, isUp: false);
        }

        draft.ToFilter().ShouldBe(s_filter);
    }

    [Fact]
    public void Condition_OtherOperator_KeepsWhatStillFits()
    {
        var condition = new DraftCondition();
        condition.Choose(new FilterField("priority", "Priority", FilterFieldType.Number, FilterFieldGroup.Ticket), null);
        condition.Ask(FilterOperator.AtLeast, FilterFieldType.Number);
        condition.Values = ["3"];

        condition.Ask(FilterOperator.Between, FilterFieldType.Number);
        condition.Values.ShouldBe(["3"]);
        condition.Ask(FilterOperator.IsEmpty, FilterFieldType.Number);
        condition.Values.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FilterFieldType.Text, FilterOperator.Is, "")]
    [InlineData(FilterFieldType.Date, FilterOperator.InTheLast, "7 days")]
    [InlineData(FilterFieldType.YesNo, FilterOperator.Is, "true")]
    [InlineData(FilterFieldType.List, FilterOperator.AnyOf, "")]
    public void Condition_FieldOfAnotherType_BeginsAnew(FilterFieldType type, FilterOperator asked, string values)
    {
        var condition = new DraftCondition();
        var priority = new FilterField("priority", "Priority", FilterFieldType.Number, FilterFieldGroup.Ticket);
        condition.Choose(priority, null);
        condition.Values = ["3"];

        condition.Choose(new FilterField("other", "Other", type, FilterFieldGroup.Custom), priority);

        condition.Operator.ShouldBe(asked);
        string.Join('|', condition.Values).ShouldBe(values);
    }

    private static FilterDraft Draft(FilterGroup filter) => FilterDraft.Of(filter, static _ => null);
}

using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Filtering;

namespace KustomerAdmin.Tests.Tickets.Filtering;

public sealed class FilterTreeTests
{
    private static readonly FilterField s_status = QuickFields.Chosen[1];

    [Theory]
    [InlineData(new[] { 0 }, "or(channel:anyOf:email;and(priority:atLeast:3;spam:is:true))")]
    [InlineData(new[] { 1 }, "status:is:open")]
    [InlineData(new[] { 1, 0 }, "status:is:open;and(priority:atLeast:3;spam:is:true)")]
    [InlineData(new[] { 1, 1, 0 }, "status:is:open;or(channel:anyOf:email;spam:is:true)")]
    public void Without_APart_LeavesTheOthersAsTheyWere(int[] path, string left) =>
        FilterText.Format(FilterTree.Without(FilterText.Parse("status:is:open;or(channel:anyOf:email;and(priority:atLeast:3;spam:is:true))"), path)).ShouldBe(left);

    [Fact]
    public void Without_TheOnlyPartOfAGroup_TakesTheGroupAway() =>
        FilterTree.Without(new FilterGroup(false, [new FilterGroup(true, [new FilterCondition("status", FilterOperator.Is, ["open"])])]), [0, 0]).ShouldBe(FilterGroup.Everything);

    [Theory]
    [InlineData("", null, false)]
    [InlineData("status:is:open", "open", false)]
    [InlineData("priority:atLeast:3;status:anyOf:open", "open", false)]
    [InlineData("status:is:open,done", null, true)]
    [InlineData("status:isNot:open", null, true)]
    [InlineData("or(status:is:open;priority:atLeast:3)", null, true)]
    [InlineData("or(status:is:open)", "open", false)]
    [InlineData("status:is:open;status:is:done", null, true)]
    public void QuickValue_OfAFilter_IsWhatEveryTicketOfTheListMustHave(string filter, string? value, bool isMore)
    {
        FilterTree.QuickValue(FilterText.Parse(filter), s_status).ShouldBe(value);
        FilterTree.IsMoreThanQuick(FilterText.Parse(filter), s_status).ShouldBe(isMore);
    }

    [Theory]
    [InlineData("", "open", "status:is:open")]
    [InlineData("status:is:open;priority:atLeast:3", "done", "status:is:done;priority:atLeast:3")]
    [InlineData("priority:atLeast:3;status:is:open,done", null, "priority:atLeast:3")]
    [InlineData("status:is:open;status:is:done", "open", "status:is:open")]
    [InlineData("or(status:is:open;priority:atLeast:3)", "done", "or(status:is:open;priority:atLeast:3);status:is:done")]
    [InlineData("or(status:is:open;priority:atLeast:3)", null, "or(status:is:open;priority:atLeast:3)")]
    public void WithQuick_AValue_IsAConditionOfTheSameTree(string filter, string? value, string expected) =>
        FilterText.Format(FilterTree.WithQuick(FilterText.Parse(filter), s_status, value)).ShouldBe(expected);

    [Fact]
    public void WithQuick_OfAListAndOfASubject_AsksAsTheyAreAsked()
    {
        FilterText.Format(FilterTree.WithQuick(FilterGroup.Everything, QuickFields.Chosen[2], "email")).ShouldBe("channel:anyOf:email");
        FilterText.Format(FilterTree.WithQuick(FilterGroup.Everything, QuickFields.Subject, "order")).ShouldBe("subject:contains:order");
    }
}

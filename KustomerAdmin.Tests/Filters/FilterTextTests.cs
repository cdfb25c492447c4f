using KustomerAdmin.Filters;

namespace KustomerAdmin.Tests.Filters;

public sealed class FilterTextTests
{
    [Fact]
    public void Text_OfAnyFilter_IsReadAsTheSameFilter() => Holds.ForAll(SomeFilter.Trees, filter => FilterText.Parse(FilterText.Format(filter)).ShouldBe(filter), runs: 2000);

    [Fact]
    public void Text_OfAFilter_IsReadableAsItStandsInAnAddress()
    {
        var filter = new FilterGroup(false,
        [
            new FilterCondition("status", FilterOperator.Is, ["open", "snoozed"]),
            new FilterGroup(true, [new FilterCondition("channel", FilterOperator.AnyOf, ["email"]), new FilterCondition("custom.orderValueNum", FilterOperator.MoreThan, ["100"])]),
            new FilterCondition("custom.noteStr", FilterOperator.IsEmpty, []),
        ]);

        FilterText.Format(filter).ShouldBe("status:is:open,snoozed;or(channel:anyOf:email;custom.orderValueNum:moreThan:100);custom.noteStr:isEmpty");
    }

    [Fact]
    public void Text_OfTheEmptyFilter_IsEmpty() => FilterText.Format(FilterGroup.Everything).ShouldBe("");

    [Theory]
    [InlineData("nonsense")]
    [InlineData("status")]
    [InlineData("status:")]
    [InlineData("status:likes:open")]
    [InlineData(":is:open")]
    [InlineData(";;;")]
    [InlineData(")))((")]
    [InlineData("~")]
    public void Text_ThatSaysNothing_IsNoCondition(string text) => SomeFilter.Conditions(FilterText.Parse(text)).ShouldBe(0);

    [Theory]
    [InlineData("x;status:is:open")]
    [InlineData("or(status:is:open")]
    [InlineData("status:is:open);")]
    [InlineData("(a(b)c);status:is:open")]
    [InlineData("a:b:c(d;e)f;status:is:open")]
    [InlineData("status:is:open:more")]
    public void Text_WithAPartThatSaysNothing_IsReadWithoutIt(string text) => FilterText.Parse(text).ToString().ShouldNotBeNull();

    [Fact]
    public void Text_OfAnything_IsReadWithinItsLimits() => Holds.ForAll<string>(
        text =>
        {
            var filter = FilterText.Parse(text);

            SomeFilter.Conditions(filter).ShouldBeLessThanOrEqualTo(FilterText.MostConditions);
            FilterText.Parse(FilterText.Format(filter)).ShouldBe(filter);
        },
        runs: 2000);

    [Fact]
    public void Text_WithMoreThanAFilterMayHave_IsCut()
    {
        SomeFilter.Conditions(FilterText.Parse(string.Join(';', Enumerable.Repeat("a:is:b", 80)))).ShouldBe(FilterText.MostConditions);
        FilterText.Parse($"a:is:{new string('x', FilterText.LongestValue + 1)};b:is:c").ShouldBe(new FilterGroup(false, [new FilterCondition("b", FilterOperator.Is, ["c"])]));
        SomeFilter.Conditions(FilterText.Parse(string.Concat(Enumerable.Repeat("or(", 100_000)) + "a:is:b" + new string(')', 100_000) + ";c:is:d")).ShouldBe(1);
    }
}

using KustomerAdmin.Filters;

namespace KustomerAdmin.Tests.Filters;

/// <summary>A filter in words, and what cannot be asked struck out of it.</summary>
public sealed class FilterWordsTests
{
    private static readonly FilterField[] s_fields =
    [
        new("status", "Status", FilterFieldType.Choice, FilterFieldGroup.Ticket),
        new("instance", "Instance", FilterFieldType.Choice, FilterFieldGroup.Ticket),
        new("channel", "Channel", FilterFieldType.List, FilterFieldGroup.Ticket),
        new("tag", "Tags", FilterFieldType.List, FilterFieldGroup.Ticket),
        new("createdAt", "Created", FilterFieldType.Date, FilterFieldGroup.Ticket),
        new("custom.valueNum", "Order value", FilterFieldType.Number, FilterFieldGroup.Custom),
        new("custom.mailStr", "Mail", FilterFieldType.Text, FilterFieldGroup.Custom, IsStored: false),
        new("spam", "Spam", FilterFieldType.YesNo, FilterFieldGroup.Standard),
        new("firstResponse.time", "First response time", FilterFieldType.Number, FilterFieldGroup.Standard),
    ];

    [Theory]
    [InlineData("", "")]
    [InlineData("status:is:open,done", "Status is open, done")]
    [InlineData("status:is:open;or(channel:anyOf:email,chat;custom.valueNum:between:1000,2000.5);spam:is:true", "Status is open and (Channel is any of email, chat or Order value is between 1,000 and 2,000.5) and Spam is yes")]
    [InlineData("or(createdAt:inTheLast:7 days;createdAt:lessThan:2026-10-25T10:30)", "Created is in the last 7 days or Created is before 2026-10-25 10:30")]
    [InlineData("and(or(status:isEmpty));or();and(and(spam:isNot:false))", "Status is empty and Spam is not no")]
    [InlineData("spam:is:true;and(or(status:isEmpty;status:is:open))", "Spam is yes and (Status is empty or Status is open)")]
    [InlineData("instance:is:2,3", "Instance is Globex, 3")]
    [InlineData("tag:noneOf:64e0,64e1", "Tags is none of Refund, 64e1")]
    [InlineData("firstResponse.time:moreThan:3600000", "First response time (ms) is more than 3,600,000")]
    public void Sentence_OfAFilter_ReadsAsPeopleSpeak(string filter, string expected) => Sentence(filter).ShouldBe(expected);

    [Theory]
    [InlineData("custom.mailStr:contains:x;status:is:open", "[Mail contains x] and Status is open")]
    [InlineData("custom.goneStr:is:x", "[custom.goneStr is x]")]
    [InlineData("status:contains:o", "[Status contains o]")]
    [InlineData("custom.valueNum:moreThan:much", "[Order value is more than much]")]
    [InlineData("custom.valueNum:between:1", "[Order value is between 1]")]
    [InlineData("createdAt:is:2026-02-30", "[Created is 2026-02-30]")]
    [InlineData("createdAt:inTheLast:2026-02-03", "[Created is in the last 2026-02-03]")]
    [InlineData("status:is:", "[Status is]")]
    public void Sentence_WithWhatCannotBeAsked_StrikesThatOutAndSaysWhy(string filter, string expected)
    {
        Sentence(filter).Trim().ShouldBe(expected);
        FilterSentence.Of(FilterText.Parse(filter), s_fields, FilterNames.None).Where(segment => segment.IsStruck).ShouldAllBe(segment => segment.Why!.EndsWith('.'));
    }

    [Fact]
    public void Operators_OfEveryType_HaveAName() =>
        Enum.GetValues<FilterFieldType>().SelectMany(type => FilterOperators.For(type).Select(asked => FilterSentence.NameOf(asked, type))).ShouldAllBe(name => name.StartsWith("is") || name.StartsWith("contains") || name.StartsWith("starts"));

    private static string Sentence(string filter) => string.Concat(
        FilterSentence.Of(FilterText.Parse(filter), s_fields, new FilterNames(new Dictionary<string, string> { ["2"] = "Globex" }, new Dictionary<string, string> { ["64e0"] = "Refund" })).Select(segment => segment.IsStruck ? $"[{segment.Text}]" : segment.Text));
}

using System.Text.Json;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Sync.Storing;

namespace KustomerAdmin.Tests.Sync.Storing;

public sealed class TicketMapperTests
{
    [Theory]
    [InlineData("""{"preview":"SECRET"}""")]
    [InlineData("""{"satisfactionLevel":{"firstAnswer":"SECRET","answers":[{"answer":"SECRET"}]}}""")]
    [InlineData("""{"lastDeflection":{"query":{"rawText":"SECRET"}}}""")]
    [InlineData("""{"firstMessageIn":{"preview":"SECRET"}}""")]
    [InlineData("""{"firstResponse":{"body":"SECRET"}}""")]
    [InlineData("""{"attributeOfTomorrow":"SECRET"}""")]
    public void Map_TextOfMessages_IsLeftOut(string attributes) =>
        JsonSerializer.Serialize(Map(attributes)).ShouldNotContain("SECRET");

    [Fact]
    public void Map_Columns_AreTakenOver()
    {
        var ticket = Map("""
            {"name":"Parcel","status":"open","priority":2,"direction":"in","messageCount":4,"noteCount":1,"createdAt":"2026-01-01T00:00:00Z","lastActivityAt":"2026-01-02T00:00:00Z",
            "channels":["email","chat","email",""],"tags":["t1","t1","t2"]}
            """);

        ticket.ShouldSatisfyAllConditions(
            () => ticket.Subject.ShouldBe("Parcel"),
            () => ticket.Status.ShouldBe("open"),
            () => ticket.Priority.ShouldBe(2),
            () => ticket.Direction.ShouldBe("in"),
            () => (ticket.MessageCount, ticket.NoteCount).ShouldBe((4, 1)),
            () => ticket.CreatedAt!.Value.Day.ShouldBe(1),
            () => ticket.LastActivityAt!.Value.Day.ShouldBe(2),
            () => ticket.Channels.ShouldBe(["email", "chat"]),
            () => ticket.TagIds.ShouldBe(["t1", "t2"]));
    }

    [Fact]
    public void Map_WrongTypesInColumns_AreNotThere()
    {
        var ticket = Map("""{"name":["a"],"status":7,"priority":"high","messageCount":"many","createdAt":"never","channels":"email","tags":[1,null],"custom":[1,2]}""");

        (ticket.Subject, ticket.Status, ticket.Priority, ticket.MessageCount, ticket.CreatedAt).ShouldBe((null, null, null, null, null));
        ticket.Channels.ShouldBeEmpty();
        ticket.TagIds.ShouldBeEmpty();
        ticket.Values.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("amountNum", "12.5", "n:12.5")]
    [InlineData("amountNum", "\"a lot\"", "t:a lot")]
    [InlineData("amountNum", "1e400", null)]
    [InlineData("dueAt", "\"2026-03-01T10:00:00\"", "m:2026-03-01T10:00:00.0000000+00:00")]
    [InlineData("dueAt", "\"soon\"", "t:soon")]
    [InlineData("dueAt", "1767225600000", "t:1767225600000")]
    [InlineData("isVipBool", "true", "n:1")]
    [InlineData("isVipBool", "false", "n:0")]
    [InlineData("isVipBool", "\"yes\"", "t:yes")]
    [InlineData("orderStr", "\"4417\"", "t:4417")]
    [InlineData("orderStr", "4417", "t:4417")]
    [InlineData("orderStr", "12345678901234567890", "t:12345678901234567890")]
    [InlineData("orderStr", "true", "t:true")]
    [InlineData("amountNum", "true", "t:true")]
    [InlineData("isVipBool", "1", "n:1")]
    [InlineData("orderStr", "\"\"", null)]
    [InlineData("orderStr", "null", null)]
    [InlineData("reasonTree", "\"billing.refund\"", "t:billing.refund")]
    [InlineData("orderIds", "[\"a\",\"b\",3]", "t:a, b, 3")]
    [InlineData("orderIds", "[]", null)]
    [InlineData("thing", "{\"a\":1}", "t:{\"a\":1}")]
    [InlineData("thing", "{}", null)]
    [InlineData("halfStr", "\"half \\ud83d\"", "t:half \uFFFD")]
    public void Map_CustomValue_FollowsTheEndingOfItsNameWhereItFits(string name, string json, string? expected)
    {
        var values = Map($$"""{"custom":{"{{name}}":{{json}} } }""").Values;

        values.Select(Shown).SingleOrDefault().ShouldBe(expected);
        values.ShouldAllBe(value => value.Field.Path == "custom." + name);
    }

    [Fact]
    public void Map_StandardAttributes_GoToTheirColumns()
    {
        var ticket = Map("""{"phase":"open","satisfaction":4.5,"spam":false,"sla":{"name":"Gold","breach":{"at":"2026-03-01T10:00:00Z"}},"firstMessageIn":{"channel":"email"},"assignedUsers":["a","b"],"externalId":4417}""");

        ticket.Values.ShouldBeEmpty();
        ticket.Attributes.ShouldSatisfyAllConditions(
            attributes => attributes.Phase.ShouldBe("open"),
            attributes => attributes.Satisfaction.ShouldBe(4.5),
            attributes => attributes.Spam.ShouldBe(false),
            attributes => attributes.SlaName.ShouldBe("Gold"),
            attributes => attributes.SlaBreachAt.ShouldBe(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero)),
            attributes => attributes.FirstMessageInChannel.ShouldBe("email"),
            attributes => attributes.AssignedUsers.ShouldBe("a, b"),
            attributes => attributes.ExternalId.ShouldBe("4417"));
    }

    [Theory]
    [InlineData("\"satisfaction\":\"4.5\"", "satisfaction", "t:4.5")]
    [InlineData("\"modifiedAt\":\"yesterday\"", "modifiedAt", "t:yesterday")]
    [InlineData("\"modifiedAt\":1767225600000", "modifiedAt", "t:1767225600000")]
    [InlineData("\"spam\":\"no\"", "spam", "t:no")]
    [InlineData("\"sla\":{\"breach\":{\"at\":{\"day\":1}}}", "sla.breach.at", "t:{\"day\":1}")]
    public void Map_StandardValueOfAnotherType_IsKeptAsText(string json, string path, string expected)
    {
        var value = Map($$"""{ {{json}} }""").Values.ShouldHaveSingleItem();

        (value.Field.Path, Shown(value)).ShouldBe((path, expected));
    }

    [Theory]
    [InlineData("{\"phase\":\"a\",\"phase\":\"b\"}", "b")]
    [InlineData("{\"phase\":\"a\",\"phase\":null}", null)]
    [InlineData("{\"phase\":\"\"}", null)]
    public void Map_StandardAttributeTwiceOrEmpty_TheLastCounts(string json, string? expected) =>
        Map(json).Attributes.Phase.ShouldBe(expected);

    [Fact]
    public void Map_LongStandardText_IsCutToItsColumn() =>
        Map($$"""{"endedReason":"{{new string('r', 1000)}}"}""").Attributes.EndedReason!.Length.ShouldBe(400);

    [Fact]
    public void Map_OneNameTwice_TheLastCounts() =>
        Map("""{"custom":{"aStr":"first","bStr":"x","aStr":"last"}}""").Values.Single(value => value.Field.Path == "custom.aStr").Text.ShouldBe("last");

    [Fact]
    public void Map_HugeValues_AreCut()
    {
        var ticket = Map($$"""{"name":"{{new string('s', 5000)}}","status":"{{new string('t', 500)}}","custom":{"longTxt":"{{new string('x', 200_000)}}","{{new string('k', 1000)}}":"y","":"z"} }""");

        ticket.Subject!.Length.ShouldBe(256);
        ticket.Status!.Length.ShouldBe(50);
        ticket.Values.ShouldHaveSingleItem().Text!.Length.ShouldBe(20_000);
    }

    [Fact]
    public void Map_CutInTheMiddleOfAnEmoji_LeavesNoHalfOne() =>
        Map($$"""{"name":"{{new string('s', 255)}}😀"}""").Subject.ShouldBe(new string('s', 255));

    [Fact]
    public void Map_NameThatIsNoUnicode_CostsThatValueOnly()
    {
        var values = Map("""{"custom":{"\ud800Str":"x","goodStr":"y"}}""").Values;

        values.ShouldHaveSingleItem().Field.Path.ShouldBe("custom.goodStr");
    }

    [Fact]
    public void Map_Prototype_IsAName() => Map("""{"custom":{"__proto__":"x","<b>":"y"}}""").Values.Count.ShouldBe(2);

    private static MappedTicket Map(string attributes)
    {
        var all = attributes.TrimStart()[1..] is ['}', ..] ? "}" : "," + attributes.TrimStart()[1..];
        return TicketMapper.Map(Conversation.Read(JsonSerializer.Deserialize<JsonElement>($$"""{"id":"c1","attributes":{"updatedAt":"2026-05-01T00:00:00Z"{{all}} }""")));
    }

    private static string Shown(MappedValue value) =>
        value.Text is not null ? "t:" + value.Text
        : value.Moment is { } moment ? $"m:{moment:O}"
        : "n:" + value.Number!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class RecordPageTests
{
    private const string Good = """{"id":"a1","attributes":{"updatedAt":"2026-01-01T00:00:00Z"}}""";

    [Theory]
    [InlineData("""{"attributes":{"updatedAt":"2026-01-01T00:00:00Z"}}""", null)]
    [InlineData("""{"id":"a2","attributes":{"updatedAt":"yesterday"}}""", "a2")]
    [InlineData("""{"id":"a2","attributes":{"updatedAt":1767225600000}}""", "a2")]
    [InlineData("""{"id":"a2"}""", "a2")]
    [InlineData("7", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    public void Read_OneBadRecord_StandsApartAndCostsNoOther(string bad, string? id)
    {
        var page = Read($$"""{"data":[{{Good}},{{bad}},{{Good.Replace("a1", "a3", StringComparison.Ordinal)}}]}""");

        page.Records.Select(record => record.Id).ShouldBe(["a1", "a3"]);
        page.Unreadable.ShouldHaveSingleItem().Id.ShouldBe(id);
        page.Unreadable[0].Reason.ShouldNotBeNullOrWhiteSpace();
        page.Unreadable[0].Fingerprint.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bad))));
        page.Count.ShouldBe(3);
    }

    [Fact]
    public void Read_PageSize_IsKustomersRatherThanTheAskedOne()
    {
        Read("""{"data":[],"meta":{"pageSize":100,"totalPages":7},"links":{"next":"/v1/x"}}""").ShouldSatisfyAllConditions(
            page => page.PageSize.ShouldBe(100),
            page => page.TotalPages.ShouldBe(7),
            page => page.HasNext.ShouldBeTrue());
        Read("""{"data":[],"meta":{"pageSize":0},"links":{"next":null}}""").ShouldSatisfyAllConditions(
            page => page.PageSize.ShouldBe(500),
            page => page.HasNext.ShouldBeFalse());
    }

    [Theory]
    [InlineData("""{"meta":{"data":[{"id":"b1"}],"pageSize":7},"data":[DATA],"links":{"next":"/v1/x"}}""")]
    [InlineData("""{ "d\u0061ta" : [ DATA ] , "meta" : { "pageSize" : 7 }, "links" : { "next" : "/v1/x" } }""")]
    [InlineData("""{"data":[{"id":"b1"},7],"meta":{"pageSize":7},"data":[DATA],"links":{"next":"/v1/x"}}""")]
    public void Read_RecordsOneByOne_AreThoseOfTheListAloneWithWhatStandsAroundIt(string answer)
    {
        var page = Read(answer.Replace("DATA", Good, StringComparison.Ordinal));

        page.Records.Select(record => record.Id).ShouldBe(["a1"]);
        page.Unreadable.ShouldBeEmpty();
        page.PageSize.ShouldBe(7);
        page.HasNext.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"data":[{"id":"a1"},]}""")]
    [InlineData("""{"data":[{"id":"a1"}""")]
    [InlineData("""{"data":[{"id":"a1"}]} 7""")]
    [InlineData("""{"data":[{"id":NaN}]}""")]
    public void Read_AnswerThatIsNoJson_IsRefusedAsAWhole(string answer) => Should.Throw<JsonException>(() => Read(answer));

    private static RecordPage<Conversation> Read(string json) =>
        RecordPage<Conversation>.Read(KustomerAnswer.Parse(Encoding.UTF8.GetBytes(json), isList: true), 500, static resource => Conversation.Keep(Conversation.Read(resource)));
}

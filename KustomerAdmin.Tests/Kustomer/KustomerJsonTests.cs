using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class KustomerJsonTests
{
    [Theory]
    [InlineData("2026-03-01T10:00:00.000Z", "2026-03-01T10:00:00Z")]
    [InlineData("2026-03-01T10:00:00", "2026-03-01T10:00:00Z")]
    [InlineData("2026-03-01", "2026-03-01T00:00:00Z")]
    [InlineData("2026-03-01T10:00:00+05:30", "2026-03-01T04:30:00Z")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z")]
    public void Moment_OfAnIsoText_IsUtc(string text, string expected) =>
        Json(JsonSerializer.Serialize(text)).Moment().ShouldBe(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2026-02-31T25:61:00.000Z\"")]
    [InlineData("\"\"")]
    [InlineData("\"9999-12-31T23:59:59-23:59\"")]
    [InlineData("\"10:30\"")]
    [InlineData("\"May 5\"")]
    [InlineData("\"5/2\"")]
    [InlineData("1767225600000")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Moment_OfAnythingElse_IsNone(string json) => Json(json).Moment().ShouldBeNull();

    [Theory]
    [InlineData("""plain""", "plain")]
    [InlineData("""a\u0000b""", "a\uFFFDb")]
    [InlineData("""half \ud83d a pair""", "half \uFFFD a pair")]
    [InlineData("""\ude00 alone""", "\uFFFD alone")]
    [InlineData("""\ud83d\ude00""", "😀")]
    [InlineData("""\ud83d\ud83d\ude00""", "\uFFFD😀")]
    [InlineData("""\ud83d\ude00\ude00""", "😀\uFFFD")]
    [InlineData("""\\ud83d is text, \ud83d is half""", "\\ud83d is text, \uFFFD is half")]
    [InlineData("""\\ud83d\ude00""", "\\ud83d\uFFFD")]
    [InlineData("""\\\ud83d""", "\\\uFFFD")]
    public void Text_OfWhatIsNoUnicode_IsReplaced(string escaped, string expected) => Json($"\"{escaped}\"").Text().ShouldBe(expected);

    [Fact]
    public void Text_OfBrokenBytes_IsReplaced() =>
        JsonSerializer.Deserialize<JsonElement>([(byte)'"', (byte)'a', 0xFF, (byte)'b', (byte)'"']).Text().ShouldBe("a\uFFFDb");

    [Fact]
    public void Text_OfAnyEscapes_IsReadWithoutAFault()
    {
        var pieces = Gen.Elements("a", "\\\\", "\\n", "\\u0000", "\\ud83d", "\\uDE00", "\\ude00", "\\uD800", "u", "d83d", "\\u0041", "é");

        Holds.ForAll(pieces.ListOf().Select(string.Concat), escaped =>
        {
            var text = Json($"\"{escaped}\"").Text().ShouldNotBeNull();

            text.ShouldNotContain('\0');
            new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text).ShouldNotBeNull();
        }, runs: 2000);
    }

    [Fact]
    public void Members_OfWrongTypes_AreNotThere()
    {
        var element = Json("""{"name":["a"],"count":"many","flag":"yes","none":null,"large":99999999999,"list":"x","twice":1,"twice":2}""");

        element.Text("name").ShouldBeNull();
        element.Integer("count").ShouldBeNull();
        element.Integer("large").ShouldBeNull();
        element.IsTrue("flag").ShouldBeFalse();
        element.Member("none").ShouldBeNull();
        element.Items("list").ShouldBeEmpty();
        element.Integer("twice").ShouldBe(2);
        Json("[]").Member("name").ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"id":"5f3c"}""", true)]
    [InlineData("""{"id":""}""", false)]
    [InlineData("""{"id":7}""", false)]
    [InlineData("{}", false)]
    [InlineData("""{"id":"../admin"}""", false)]
    [InlineData("""{"id":"a b"}""", false)]
    public void Id_OfARecord_IsUsableInAnAddressOrMissing(string json, bool isUsable)
    {
        var read = () => { _ = Json(json).RequiredId(); };

        if (isUsable)
        {
            read.ShouldNotThrow();
        }
        else
        {
            read.ShouldThrow<FormatException>();
        }
    }

    [Theory]
    [InlineData("5f3c", "5f3c")]
    [InlineData("../admin", null)]
    [InlineData("", null)]
    public void Id_OfARelation_IsUsableInAnAddressOrMissing(string id, string? expected) =>
        Json("""{"relationships":{"customer":{"data":{"id":"(id)"}}}}""".Replace("(id)", id, StringComparison.Ordinal)).Related("customer").ShouldBe(expected);

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}

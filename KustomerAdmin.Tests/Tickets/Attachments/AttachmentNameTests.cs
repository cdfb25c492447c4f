using KustomerAdmin.Tickets.Attachments;

namespace KustomerAdmin.Tests.Tickets.Attachments;

public sealed class AttachmentNameTests
{
    [Theory]
    [InlineData("photo.png", "photo.png")]
    [InlineData("Rücksendung – Beleg.pdf", "Rücksendung – Beleg.pdf")]
    [InlineData("返品.pdf", "返品.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("..\\..\\x.exe", "x.exe")]
    [InlineData("C:\\temp\\x.txt", "x.txt")]
    [InlineData("a/", "attachment")]
    [InlineData("..", "attachment")]
    [InlineData("", "attachment")]
    [InlineData(null, "attachment")]
    [InlineData("   ", "attachment")]
    [InlineData("CON", "_CON")]
    [InlineData("con.txt", "_con.txt")]
    [InlineData("LPT1 .txt", "_LPT1 .txt")]
    [InlineData("console.txt", "console.txt")]
    [InlineData("invoice\u202Egnp.exe", "invoicegnp.exe")]
    [InlineData("zero\u200Bwidth.txt", "zerowidth.txt")]
    [InlineData("line\r\nbreak\";.txt", "linebreak;.txt")]
    [InlineData("nul\0.txt", "_nul.txt")]
    [InlineData("<b>:|?*.txt", "b.txt")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("dots...", "dots")]
    [InlineData("half \ud83d.txt", "half .txt")]
    public void Clean_Name_IsSafe(string? name, string expected) => AttachmentName.Clean(name).ShouldBe(expected);

    [Fact]
    public void Clean_LongName_KeepsItsEnding()
    {
        var cleaned = AttachmentName.Clean(new string('n', 300) + ".txt");

        cleaned.Length.ShouldBe(120);
        cleaned.ShouldEndWith("n.txt");
    }

    [Fact]
    public void Clean_AnyName_CanBeWrittenToAnyDiskAndHeader() => Holds.ForAll<string>(
        name =>
        {
            var cleaned = AttachmentName.Clean(name);

            cleaned.Length.ShouldBeInRange(1, 121);
            cleaned.ShouldNotContain(character => char.IsControl(character) || "/\\\"<>:|?*".Contains(character, StringComparison.Ordinal));
            cleaned.ShouldBe(cleaned.Trim(' ', '.'));
            AttachmentName.Clean(cleaned).ShouldBe(cleaned);
        },
        runs: 1000);

    [Theory]
    [InlineData(' ')]
    [InlineData('.')]
    public void Clean_CutBehindABlankOrDot_EndsWithNone(char last)
    {
        var cleaned = AttachmentName.Clean(new string('n', 119) + last + new string('n', 100));

        cleaned.ShouldBe(new string('n', 119));
    }
}

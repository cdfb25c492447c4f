using KustomerAdmin.Identity;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Identity;

public sealed class SetupTokenTests
{
    private readonly SettableClock _clock = new();

    [Fact]
    public void Issue_NoTokenInTheSettings_MakesOneOf256Bits()
    {
        var token = NewToken("");

        var first = token.Issue();

        first.Length.ShouldBe(64);
        token.Check(first).ShouldBe(SetupTokenCheck.Accepted);
        token.Issue().ShouldNotBe(first);
    }

    [Fact]
    public void Check_AfterADay_Refuses()
    {
        var token = NewToken("");
        var issued = token.Issue();

        _clock.Now += TimeSpan.FromHours(24);

        token.Check(issued).ShouldBe(SetupTokenCheck.Refused);
    }

    [Fact]
    public void Check_NeverIssued_Refuses() => NewToken("a-token-of-the-settings").Check("a-token-of-the-settings").ShouldBe(SetupTokenCheck.Refused);

    [Theory]
    [InlineData("", true)]
    [InlineData("nineteen characters", false)]
    [InlineData("twenty characters !!", true)]
    public void Validate_Token_AsksForTwentyCharacters(string token, bool isValid) =>
        new SetupOptionsValidator().Validate(null, new SetupOptions { Token = token }).Succeeded.ShouldBe(isValid);

    private SetupToken NewToken(string configured) => new(Options.Create(new SetupOptions { Token = configured }), _clock);

    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 12, 14, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

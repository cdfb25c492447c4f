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
    public void Check_AfterManyWrongTries_StillAcceptsATokenThatNobodyCanGuess()
    {
        var token = NewToken("");
        var issued = token.Issue();

        Enumerable.Range(0, 1_000).ShouldAllBe(attempt => token.Check($"wrong-{attempt}") == SetupTokenCheck.Refused);

        token.Check(issued).ShouldBe(SetupTokenCheck.Accepted);
    }

    [Fact]
    public void Check_AfterFiveWrongTries_RefusesATokenOfTheSettingsForAQuarterOfAnHour()
    {
        const string Chosen = "a-token-of-the-settings";
        var token = NewToken(Chosen);
        token.Issue();

        for (var round = 0; round < 2; round++)
        {
            Enumerable.Range(0, 4).ShouldAllBe(attempt => token.Check($"wrong-{attempt}") == SetupTokenCheck.Refused);
            token.Check(Chosen).ShouldBe(SetupTokenCheck.Accepted);
            token.Check("wrong").ShouldBe(SetupTokenCheck.RefusedAndPaused);
            _clock.Now += TimeSpan.FromMinutes(15) - TimeSpan.FromSeconds(1);
            token.Check(Chosen).ShouldBe(SetupTokenCheck.Refused);
            _clock.Now += TimeSpan.FromSeconds(1);
        }

        token.Check(Chosen).ShouldBe(SetupTokenCheck.Accepted);
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

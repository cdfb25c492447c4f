using System.Buffers.Text;
using System.Globalization;
using System.Text;
using KustomerAdmin.Integrations.Checking;

namespace KustomerAdmin.Tests.Integrations.Checking;

public sealed class KeyReadingTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private const string ReadRoles =
        """ "org.permission.search.create","org.permission.conversation.read","org.permission.customer.read","org.permission.message.read","org.permission.note.read","org.permission.attachment.read","org.permission.tag.read","org.permission.metadata.read","org.permission.user.read" """;

    [Theory]
    [InlineData("acme", "acme", CheckOutcome.Passed, "This key is for acme, as you typed.")]
    [InlineData("acme", "https://ACME.kustomerapp.com/app/", CheckOutcome.Passed, "This key is for acme, as you typed.")]
    [InlineData("globex", "acme", CheckOutcome.Failed, "This key is for globex, you typed acme.")]
    [InlineData("globex", "", CheckOutcome.Passed, "This key is for globex.")]
    [InlineData("globex", "not a subdomain", CheckOutcome.Passed, "This key is for globex.")]
    public void Organisation_BesideWhatIsTyped_IsCompared(string organization, string typed, CheckOutcome outcome, string sentence) =>
        Read($$"""{"orgName":"{{organization}}","roles":[{{ReadRoles}}]}""", typed).Hints.ShouldBe([new CheckLine("", outcome, sentence)]);

    [Theory]
    [InlineData(-1, CheckOutcome.Failed, "It ended on 24 Nov 2026.")]
    [InlineData(0.5, CheckOutcome.Warning, "It ends in less than a day.")]
    [InlineData(1.5, CheckOutcome.Warning, "It ends in one day.")]
    [InlineData(12, CheckOutcome.Warning, "It ends in 12 days.")]
    [InlineData(90, CheckOutcome.Passed, "It ends on 23 Feb 2027.")]
    public void End_OfTheKey_IsSaid(double days, CheckOutcome outcome, string sentence) =>
        Read(string.Create(CultureInfo.InvariantCulture, $$"""{"exp":{{s_now.AddDays(days).ToUnixTimeSeconds()}},"roles":[{{ReadRoles}}]}"""), "acme").Hints.ShouldBe([new CheckLine("", outcome, sentence)]);

    [Theory]
    [InlineData("org.permission.search.create", 1, "Lacks conversation.read: tickets will not open.")]
    [InlineData("org.permission.message.read", 1, "Lacks search.create: nothing can be synced.")]
    [InlineData("org.user.search.read", 1, "Lacks conversation.read: tickets will not open.")]
    [InlineData("org.permission", 9, "Can also change and delete everything: a narrower key is safer.")]
    [InlineData("org", 9, "Can also change and delete everything: a narrower key is safer.")]
    [InlineData("org.permission.customer.delete", 0, "Can also delete customers: a narrower key is safer.")]
    [InlineData("org.permission.customer", 1, "Can also change and delete customers: a narrower key is safer.")]
    [InlineData("org.permission.saved_search.update", 0, "Can also change saved searchs: a narrower key is safer.")]
    public void Roles_OfTheKey_SayWhatWorksAndWhatIsTooMuch(string role, int granted, string sentence)
    {
        var reading = Read($$"""{"roles":["{{role}}"]}""", "acme");

        reading.Abilities.Count(ability => ability.IsGranted).ShouldBe(granted);
        reading.Hints.Select(hint => hint.Sentence).ShouldContain(sentence);
    }

    [Fact]
    public void Roles_JustThoseNeeded_AreNothingToSay()
    {
        var reading = Read($$"""{"roles":[{{ReadRoles}}]}""", "acme");

        reading.Hints.ShouldBeEmpty();
        reading.Unneeded.ShouldBeEmpty();
        reading.Abilities.ShouldAllBe(ability => ability.IsGranted);
    }

    [Theory]
    [InlineData("""{"orgName":"acme"}""", "Cannot tell which roles it has. Connect asks Kustomer.")]
    [InlineData("""{"userType":"user","roles":["org"]}""", "It was made for a person's session and ends with it. An API key does not.")]
    public void Key_ThatSaysLittle_IsSaidTo(string claims, string sentence) => Read(claims, "acme").Hints.Select(hint => hint.Sentence).ShouldContain(sentence);

    [Theory]
    [InlineData("an-opaque-token", "Cannot tell anything from this key itself. Connect asks Kustomer.")]
    [InlineData("a.b.c", "Cannot tell anything from this key itself. Connect asks Kustomer.")]
    [InlineData("two words", "This is not an API key yet: it holds blanks or special characters, or is too long.")]
    public void Key_ThatCannotBeRead_IsNoFault(string pasted, string sentence)
    {
        var reading = KeyReading.Of(pasted, "acme", s_now);

        reading.Hints.ShouldHaveSingleItem().Sentence.ShouldBe(sentence);
        reading.Hints[0].Outcome.ShouldNotBe(CheckOutcome.Failed);
    }

    [Fact]
    public void Nothing_Typed_IsNothingToSay() => KeyReading.Of("  ", "acme", s_now).Hints.ShouldBeEmpty();

    [Fact]
    public void Reading_OfAnyClaims_NeverThrowsAndNeverShowsTheKey() => Holds.ForAll<string>(text =>
    {
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
        var reading = KeyReading.Of($"e30.{payload}.signature-of-the-key", "acme", s_now);

        reading.Hints.ShouldAllBe(hint => !hint.Sentence.Contains("signature-of-the-key", StringComparison.Ordinal));
    });

    private static KeyReading Read(string claims, string typed) => KeyReading.Of($"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.sig", typed, s_now);
}

using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Sandbox;

public sealed class DeterminismTests : SandboxTest
{
    protected override SandboxOptions Options => base.Options with { Tickets = 60 };

    [Fact]
    public async Task TwoServers_SameSeedAndInstant_AnswerTheSameBytes()
    {
        await using var twin = await SandboxServer.StartAsync(Options, CancellationToken.None);
        using var http = new HttpClient { BaseAddress = twin.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new("Bearer", Acme.Keys.Full);
        string[] paths = ["/v1/conversations", "/v1/customers", "/v1/users", "/v1/tags", "/v1/metadata/conversation", $"/v1/conversations/{Acme.ShowcaseConversationId}/messages"];

        foreach (var path in paths)
        {
            (await http.GetStringAsync(path)).ShouldBe((await GetAsync(path)).Text);
        }
    }

    [Fact]
    public async Task OtherSeed_SameInstant_IsOtherData()
    {
        await using var other = await SandboxServer.StartAsync(Options with { Seed = 2 }, CancellationToken.None);

        other.Organization("acme").ConversationIds.SequenceEqual(Acme.ConversationIds, StringComparer.Ordinal).ShouldBeFalse();
        other.Organization("acme").Keys.Full.ShouldNotBe(Acme.Keys.Full, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Keys_AtAnotherInstant_AreTheSame()
    {
        Clock.Advance(TimeSpan.FromDays(30));
        await using var later = await SandboxServer.StartAsync(Options, CancellationToken.None);

        later.Organization("acme").Keys.Full.ShouldBe(Acme.Keys.Full);
        later.Organization("acme").ConversationIds.SequenceEqual(Acme.ConversationIds, StringComparer.Ordinal).ShouldBeFalse();
    }
}

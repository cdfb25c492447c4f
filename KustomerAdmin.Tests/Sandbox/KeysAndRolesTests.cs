namespace KustomerAdmin.Tests.Sandbox;

public sealed class KeysAndRolesTests : SandboxTest
{
    [Fact]
    public async Task Organization_FollowsFromTheKey()
    {
        (await GetAsync("/v1/orgs/current")).Attribute("name").GetString().ShouldBe("acme");
        (await GetAsync("/v1/orgs/current", Server.Organization("globex").Keys.Full)).Attribute("name").GetString().ShouldBe("globex");
    }

    [Fact]
    public async Task Conversation_OfAnotherOrganization_IsNotFound() =>
        (await GetAsync("/v1/conversations/" + Acme.ConversationIds[0], Server.Organization("globex").Keys.Full)).Status.ShouldBe(404);

    [Fact]
    public async Task NoKey_AnEndpoint_IsUnauthorized() => (await GetWithoutKeyAsync("/v1/tags")).Status.ShouldBe(401);

    [Fact]
    public async Task ForgedKey_AnEndpoint_IsUnauthorized() => (await GetAsync("/v1/tags", Acme.Keys.Full[..^2] + "xx")).Status.ShouldBe(401);

    [Fact]
    public async Task ExpiredKey_AnEndpoint_IsUnauthorizedAndSaysSo()
    {
        var answer = await GetAsync("/v1/auth/tokens/current", Acme.Keys.Expired);

        answer.Status.ShouldBe(401);
        answer.Error.GetProperty("message").GetString().ShouldBe("Expired token");
    }

    [Fact]
    public async Task EndingKey_OnceItsDayHasCome_IsExpired()
    {
        (await GetAsync("/v1/auth/tokens/current", Acme.Keys.EndingSoon)).Status.ShouldBe(200);
        Clock.Advance(TimeSpan.FromDays(13));

        (await GetAsync("/v1/auth/tokens/current", Acme.Keys.EndingSoon)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task RevokedKey_AnEndpoint_IsUnauthorized()
    {
        Acme.Revoke(Acme.Keys.ReadOnly);

        (await GetAsync("/v1/tags", Acme.Keys.ReadOnly)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task MissingRole_TheEndpointThatWantsIt_IsRefusedByName()
    {
        var path = $"/v1/conversations/{Acme.ShowcaseConversationId}/messages";

        var answer = await GetAsync(path, Acme.Keys.WithoutMessages);
        Server.Behaviour.MissingRoleStatus = 403;
        var other = await GetAsync(path, Acme.Keys.WithoutMessages);

        answer.Status.ShouldBe(401);
        answer.Error.GetProperty("message").GetString()!.ShouldContain("org.permission.message.read");
        other.Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("/v1/conversations?pageSize=1")]
    [InlineData("/v1/customers?pageSize=1")]
    [InlineData("/v1/users")]
    [InlineData("/v1/teams")]
    [InlineData("/v1/tags")]
    [InlineData("/v1/brands")]
    [InlineData("/v1/metadata/conversation")]
    [InlineData("/v1/klasses")]
    [InlineData("/v1/users/current/")]
    public async Task ReadOnlyKey_EveryRead_IsEnough(string path) => (await GetAsync(path, Acme.Keys.ReadOnly)).Status.ShouldBe(200);

    [Fact]
    public async Task Password_Right_GivesAKeyThatSearches()
    {
        var answer = await PostAsync("/v1/auth/tokens", $$"""{"domain":"acme","email":"{{Acme.Keys.Email}}","password":"{{Acme.Keys.Password}}"}""");

        answer.Status.ShouldBe(201);
        var found = await SearchAsync("""{"queryContext":"conversation"}""", key: answer.Attribute("token").GetString());
        found.Status.ShouldBe(200);
        found.Headers["x-ratelimit-limit"].ShouldBe("1000");
    }

    [Fact]
    public async Task Password_Wrong_IsUnauthorized() =>
        (await PostAsync("/v1/auth/tokens", $$"""{"domain":"acme","email":"{{Acme.Keys.Email}}","password":"guess"}""")).Status.ShouldBe(401);
}

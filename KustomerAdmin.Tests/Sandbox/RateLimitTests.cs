using System.Globalization;
using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Sandbox;

public sealed class RateLimitTests : SandboxTest
{
    protected override SandboxOptions Options => base.Options with { RequestsPerMinute = 20, SearchesPerMinute = 5 };

    [Fact]
    public async Task Headers_WithinTheLimit_CountDownWithoutReset()
    {
        await GetAsync("/v1/tags");
        var answer = await GetAsync("/v1/tags");

        answer.Headers["x-ratelimit-limit"].ShouldBe("20");
        answer.Headers["x-ratelimit-remaining"].ShouldBe("18");
        answer.Headers.ContainsKey("x-ratelimit-reset").ShouldBeFalse();
    }

    [Fact]
    public async Task Limit_UsedUp_AnswersTooManyRequestsUntilTheWindowEnds()
    {
        Acme.SpendRequests(20);
        var refused = await GetAsync("/v1/tags", Acme.Keys.ReadOnly);
        var reset = long.Parse(refused.Headers["x-ratelimit-reset"], CultureInfo.InvariantCulture);
        Clock.Advance(TimeSpan.FromSeconds(60));
        var later = await GetAsync("/v1/tags");

        refused.Status.ShouldBe(429);
        refused.Error.GetProperty("code").GetString().ShouldBe("rate_limit_exceeded");
        refused.Headers.ContainsKey("Retry-After").ShouldBeFalse();
        reset.ShouldBe(Clock.GetUtcNow().ToUnixTimeSeconds());
        later.Status.ShouldBe(200);
    }

    [Fact]
    public async Task Searches_UsedUp_LeaveOtherRequestsAlone()
    {
        var statuses = new List<int>();
        for (var search = 0; search < 6; search++)
        {
            statuses.Add((await SearchAsync("""{"queryContext":"conversation"}""", pageSize: 1)).Status);
        }

        statuses.ShouldBe([200, 200, 200, 200, 200, 429]);
        (await GetAsync("/v1/tags")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task OtherOrganization_OfAUsedUpOne_IsNotAffected()
    {
        Acme.SpendRequests(20);

        (await GetAsync("/v1/tags", Server.Organization("globex").Keys.Full)).Status.ShouldBe(200);
    }
}

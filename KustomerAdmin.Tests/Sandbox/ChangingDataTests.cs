using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Sandbox;

public sealed class ChangingDataTests : SandboxTest
{
    private const string Newest = """{"queryContext":"conversation","sort":[{"conversation_updated_at":"desc"}]}""";

    protected override SandboxOptions Options => base.Options with { IndexLag = TimeSpan.FromSeconds(2) };

    [Fact]
    public async Task Touch_BeforeTheIndexCaughtUp_ShowsByIdOnly()
    {
        var id = Acme.ConversationIds[10];
        Clock.Advance(TimeSpan.FromMinutes(1));
        Acme.Touch(id).ShouldBeTrue();

        (await GetAsync("/v1/conversations/" + id)).Attribute("updatedAt").GetString().ShouldBe("2026-10-01T12:01:00.000Z");
        (await SearchAsync(Newest)).Ids[0].ShouldNotBe(id, StringComparer.Ordinal);
        Clock.Advance(TimeSpan.FromSeconds(2));
        (await SearchAsync(Newest)).Ids[0].ShouldBe(id);
    }

    [Fact]
    public async Task Delete_OnceIndexed_IsFoundOnlyAmongTheDeleted()
    {
        var id = Acme.ConversationIds[^1];
        Acme.Delete(id).ShouldBeTrue();
        Clock.Advance(TimeSpan.FromSeconds(2));

        (await GetAsync("/v1/conversations/" + id)).Status.ShouldBe(404);
        (await SearchAsync(Newest)).Ids.ShouldNotContain(id, StringComparer.Ordinal);
        (await SearchAsync("""{"queryContext":"conversation","includeDeleted":true}""")).Ids.ShouldContain(id, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Create_Named_IsCountedForItsCustomer()
    {
        var id = Acme.Create("A new question");

        var created = await GetAsync("/v1/conversations/" + id);

        created.Attribute("name").GetString().ShouldBe("A new question");
        var customer = created.Data.GetProperty("relationships").GetProperty("customer").GetProperty("data").GetProperty("id").GetString();
        (await GetAsync($"/v1/customers/{customer}/conversations")).Ids.ShouldContain(id, StringComparer.Ordinal);
        Acme.ConversationCount.ShouldBe(401);
    }

    [Fact]
    public async Task Churn_OfMany_LeavesNoneTwice()
    {
        Acme.Churn(150);
        Clock.Advance(TimeSpan.FromSeconds(2));

        var found = await SearchAsync(Newest);

        found.Ids.Distinct(StringComparer.Ordinal).Count().ShouldBe(found.Ids.Length);
        found.Data.EnumerateArray().Count(item => item.GetProperty("attributes").GetProperty("updatedAt").GetString() is "2026-10-01T12:00:00.000Z").ShouldBe(150);
    }

    [Fact]
    public async Task Message_AddedByATouch_CountsAndLists()
    {
        var id = Acme.ConversationIds[20];
        var before = (await GetAsync("/v1/conversations/" + id)).Attribute("messageCount").GetInt32();
        for (var change = 0; change < 3; change++)
        {
            Acme.Touch(id);
        }

        (await GetAsync("/v1/conversations/" + id)).Attribute("messageCount").GetInt32().ShouldBe(before + 1);
        (await GetAsync($"/v1/conversations/{id}/messages")).Ids.Length.ShouldBe(before + 1);
    }
}

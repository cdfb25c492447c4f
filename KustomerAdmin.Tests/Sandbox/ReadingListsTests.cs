using System.Text.Json;

namespace KustomerAdmin.Tests.Sandbox;

public sealed class ReadingListsTests : SandboxTest
{
    [Fact]
    public async Task Conversations_FollowingNext_GivesEachOnceInOrderOfId()
    {
        var ids = new List<string>();
        for (var path = "/v1/conversations?pageSize=90"; path is not null;)
        {
            var page = await GetAsync(path);
            ids.AddRange(page.Ids);
            path = page.Next;
        }

        ids.ShouldBe(Acme.ConversationIds);
        ids.ShouldBe(ids.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Conversations_SortedDescending_StartWithTheNewest()
    {
        var page = await GetAsync("/v1/conversations?sort=desc&pageSize=1");

        page.Ids.ShouldBe([Acme.ConversationIds[^1]]);
        page.Next.ShouldBe("/v1/conversations?sort=desc&page=2&pageSize=1");
    }

    [Fact]
    public async Task Conversations_Meta_TellsNoTotal()
    {
        var page = await GetAsync("/v1/conversations");

        page.Meta.EnumerateObject().Select(property => property.Name).ShouldBe(["page", "pageSize"]);
        page.Json.GetProperty("links").TryGetProperty("last", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Customers_Meta_TellsTheTotalAndTheLastPage()
    {
        var page = await GetAsync("/v1/customers?pageSize=50");

        page.Meta.GetProperty("total").GetInt32().ShouldBe(160);
        page.Meta.GetProperty("totalPages").GetInt32().ShouldBe(4);
        page.Json.GetProperty("links").GetProperty("last").GetString().ShouldBe("/v1/customers?page=4&pageSize=50");
    }

    [Fact]
    public async Task PageSize_AboveTheMaximum_IsCutSilently()
    {
        var page = await GetAsync("/v1/conversations?pageSize=1000");

        page.Meta.GetProperty("pageSize").GetInt32().ShouldBe(100);
        page.Ids.Length.ShouldBe(100);
    }

    [Fact]
    public async Task Page_BeyondTheEnd_IsEmptyAndLast()
    {
        var page = await GetAsync("/v1/conversations?page=50");

        page.Ids.ShouldBeEmpty();
        page.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Page_Zero_IsRefused() => (await GetAsync("/v1/conversations?page=0")).Status.ShouldBe(400);

    [Fact]
    public async Task SeveralIds_WithCommas_AnswerAList()
    {
        var wanted = Acme.ConversationIds.Take(3).ToArray();

        (await GetAsync("/v1/conversations/" + string.Join(',', wanted))).Ids.ShouldBe(wanted);
    }

    [Fact]
    public async Task Customer_ConversationCounts_EqualItsList()
    {
        var customers = await GetAsync("/v1/customers?pageSize=100");

        foreach (var customer in customers.Data.EnumerateArray().Take(40))
        {
            var list = await GetAsync($"/v1/customers/{customer.GetProperty("id").GetString()}/conversations");
            var counts = customer.GetProperty("attributes").GetProperty("conversationCounts");
            counts.GetProperty("all").GetInt32().ShouldBe(list.Ids.Length);
            counts.GetProperty("open").GetInt32().ShouldBe(list.Data.EnumerateArray().Count(IsOpen));
        }

        static bool IsOpen(JsonElement conversation) => conversation.GetProperty("attributes").GetProperty("status").GetString() is "open";
    }

    [Theory]
    [InlineData("/v1/users", 25)]
    [InlineData("/v1/users?deleted=true", 3)]
    [InlineData("/v1/teams", 6)]
    [InlineData("/v1/tags?deleted=false", 20)]
    [InlineData("/v1/brands/", 3)]
    public async Task People_Listed_AreAllThere(string path, int count) => (await GetAsync(path)).Ids.Length.ShouldBe(count);

    [Fact]
    public async Task DeletedUser_AskedForById_StillAnswers()
    {
        var deleted = (await GetAsync("/v1/users?deleted=true")).Ids[0];

        (await GetAsync("/v1/users/" + deleted)).Attribute("deletedAt").GetString().ShouldNotBeNull();
    }
}

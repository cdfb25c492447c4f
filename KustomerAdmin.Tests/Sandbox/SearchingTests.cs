using System.Globalization;

namespace KustomerAdmin.Tests.Sandbox;

public sealed class SearchingTests : SandboxTest
{
    private const string Everything = """{"queryContext":"conversation","sort":[{"conversation_updated_at":"asc"}]}""";

    [Fact]
    public async Task Keyset_OverManyEqualTimes_MeetsEveryConversation()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "2020-01-01T00:00:00.000Z";
        for (var page = 1; page < 100;)
        {
            var found = await SearchAsync(
                $$$"""{"queryContext":"conversation","and":[{"conversation_updated_at":{"gte":"{{{cursor}}}"}}],"sort":[{"conversation_updated_at":"asc"}]}""", page, pageSize: 40);
            seen.UnionWith(found.Ids);
            if (found.Next is null)
            {
                break;
            }

            var last = found.Data[found.Ids.Length - 1].GetProperty("attributes").GetProperty("updatedAt").GetString()!;
            (cursor, page) = string.Equals(last, cursor, StringComparison.Ordinal) ? (cursor, page + 1) : (last, 1);
        }

        var all = await SearchAsync(Everything);
        seen.Count.ShouldBe(all.Meta.GetProperty("total").GetInt32());
        Acme.SharedUpdatedAtCount.ShouldBe(100);
    }

    [Fact]
    public async Task SharedUpdatedAt_Asked_CountsThemAll()
    {
        var at = Acme.SharedUpdatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

        var found = await SearchAsync($$$"""{"queryContext":"conversation","and":[{"conversation_updated_at":{"gte":"{{{at}}}","lte":"{{{at}}}"}}]}""");

        found.Ids.Length.ShouldBe(Acme.SharedUpdatedAtCount);
    }

    [Fact]
    public async Task Horizon_OfTwoYears_DividesSearchFromArchive()
    {
        var recent = (await SearchAsync(Everything)).Meta.GetProperty("total").GetInt32();
        var old = (await PostAsync("/v1/customers/archive/search", """{"queryContext":"conversation"}""")).Meta.GetProperty("total").GetInt32();

        old.ShouldBeGreaterThan(0);
        (recent + old).ShouldBe(Acme.ConversationCount);
    }

    [Fact]
    public async Task PageSize_AboveFiveHundred_IsCut() => (await SearchAsync(Everything, pageSize: 1000)).Meta.GetProperty("pageSize").GetInt32().ShouldBe(500);

    [Fact]
    public async Task Page100_PointsAtPage101_WhichIsRefused()
    {
        var hundredth = await SearchAsync(Everything, page: 100, pageSize: 2);

        hundredth.Next.ShouldBe("/v1/customers/search?page=101&pageSize=2");
        (await SearchAsync(Everything, page: 101, pageSize: 2)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("""{"queryContext":"conversation","filter":[]}""")]
    [InlineData("""{"queryContext":"conversation","and":[{"conversation_colour":{"equals":1}}]}""")]
    [InlineData("""{"queryContext":"conversation","and":[{"conversation_status":{"resembles":"open"}}]}""")]
    [InlineData("""{"queryContext":"conversation","and":[{"conversation_updated_at":{"gte":"yesterday"}}]}""")]
    [InlineData("""{"and":[]}""")]
    [InlineData("""{"queryContext":"conversation",}""")]
    public async Task Body_NotUnderstood_IsRefusedInTheFirstShape(string body)
    {
        var answer = await SearchAsync(body);

        answer.Status.ShouldBe(400);
        answer.Error.GetProperty("code").GetString().ShouldBe("bad_request");
    }

    [Theory]
    [InlineData("""[{"conversation_status":{"equals":"open"}}]""", "status", "open")]
    [InlineData("""[{"conversation_status":{"in":["snoozed"]}}]""", "status", "snoozed")]
    [InlineData("""[{"conversation_priority":{"gt":4}}]""", "priority", "5")]
    [InlineData("""[{"conversation_priority":{"lt":2}},{"conversation_message_count":{"gte":1}}]""", "priority", "1")]
    [InlineData("""[{"conversation_name":{"contains":"refund not"}}]""", "name", "Refund not received")]
    [InlineData("""[{"conversation_channels":{"contains":"sms"}}]""", "channels", "sms")]
    public async Task Criteria_OfEachKind_FindWhatTheySay(string and, string attribute, string value)
    {
        var found = await SearchAsync($$"""{"queryContext":"conversation","and":{{and}}}""");

        found.Ids.ShouldNotBeEmpty();
        found.Data.EnumerateArray().ShouldAllBe(item => item.GetProperty("attributes").GetProperty(attribute).ToString().Contains(value));
    }

    [Fact]
    public async Task OrAndNot_TogetherWithAnd_Combine()
    {
        var total = (await SearchAsync(Everything)).Meta.GetProperty("total").GetInt32();

        var either = await SearchAsync("""{"queryContext":"conversation","or":[{"conversation_status":{"equals":"open"}},{"conversation_status":{"equals":"done"}}]}""");
        var snoozed = await SearchAsync("""{"queryContext":"conversation","not":[{"conversation_status":{"in":["open","done"]}}]}""");

        (either.Ids.Length + snoozed.Ids.Length).ShouldBe(total);
    }

    [Fact]
    public async Task Customers_OfRecentlyChangedConversations_AreExactlyThose()
    {
        const string Recently = """[{"conversation_updated_at":{"gte":"2026-09-20T00:00:00.000Z"}}]""";
        var conversations = await SearchAsync($$"""{"queryContext":"conversation","and":{{Recently}}}""");

        var customers = await SearchAsync($$"""{"queryContext":"customer","and":{{Recently}},"sort":[{"customer_updated_at":"asc"}]}""");

        // The ninth byte tells a merged customer, which still stands in a conversation but is found as the one it was merged into.
        var owners = conversations.Data.EnumerateArray()
            .Select(item => item.GetProperty("relationships").GetProperty("customer").GetProperty("data").GetProperty("id").GetString()!)
            .Where(id => id.AsSpan(8, 2) is "06")
            .Distinct(StringComparer.Ordinal);
        customers.Ids.Order(StringComparer.Ordinal).ShouldBe(owners.Order(StringComparer.Ordinal));
        var times = customers.Data.EnumerateArray().Select(item => item.GetProperty("attributes").GetProperty("updatedAt").GetString()!).ToList();
        times.ShouldBe(times.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Conversations_OfCustomersWithMany_AreFoundAcrossObjects()
    {
        var found = await SearchAsync("""{"queryContext":"conversation","and":[{"customer_conversations_count":{"gte":8}}]}""");

        foreach (var conversation in found.Data.EnumerateArray().Take(5))
        {
            var id = conversation.GetProperty("relationships").GetProperty("customer").GetProperty("data").GetProperty("id").GetString();
            (await GetAsync("/v1/customers/" + id)).Attribute("conversationCounts").GetProperty("all").GetInt32().ShouldBeGreaterThanOrEqualTo(8);
        }
    }

    [Fact]
    public async Task IdsOnly_Asked_LeavesAttributesOut()
    {
        var found = await PostAsync("/v1/customers/search?idsOnly=true&pageSize=3", Everything);

        found.Data[0].EnumerateObject().Select(property => property.Name).ShouldBe(["type", "id"]);
    }
}

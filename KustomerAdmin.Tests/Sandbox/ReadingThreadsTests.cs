namespace KustomerAdmin.Tests.Sandbox;

public sealed class ReadingThreadsTests : SandboxTest
{
    [Fact]
    public async Task Counts_OfEveryConversation_EqualTheirLists()
    {
        Server.Behaviour.RequestsPerMinute = int.MaxValue;
        foreach (var id in Acme.ConversationIds.Where((_, position) => position % 9 == 0).Append(Acme.ShowcaseConversationId))
        {
            var conversation = await GetAsync("/v1/conversations/" + id);
            var messages = await GetAsync($"/v1/conversations/{id}/messages");
            var notes = await GetAsync($"/v1/conversations/{id}/notes");

            conversation.Attribute("messageCount").GetInt32().ShouldBe(messages.Ids.Length);
            conversation.Attribute("noteCount").GetInt32().ShouldBe(notes.Ids.Length);
            conversation.Attribute("inboundMessageCount").GetInt32()
                .ShouldBe(messages.Data.EnumerateArray().Count(message => message.GetProperty("attributes").GetProperty("direction").GetString() is "in"));
        }
    }

    [Fact]
    public async Task LongestConversation_PagedThrough_HasItsTwoThousandMessagesInOrder()
    {
        var sentAt = new List<string>();
        for (var path = $"/v1/conversations/{Acme.LongestConversationId}/messages"; path is not null;)
        {
            var page = await GetAsync(path);
            sentAt.AddRange(page.Data.EnumerateArray().Select(message => message.GetProperty("attributes").GetProperty("sentAt").GetString()!));
            path = page.Next;
        }

        sentAt.Count.ShouldBe(2000);
        sentAt.ShouldBe(sentAt.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Message_ReadById_EqualsTheOneInTheList()
    {
        var listed = (await GetAsync($"/v1/conversations/{Acme.ShowcaseConversationId}/messages?include=attachments")).Data[3];

        var single = await GetAsync("/v1/messages/" + listed.GetProperty("id").GetString());

        single.Data.GetRawText().ShouldBe(listed.GetRawText());
    }

    [Fact]
    public async Task Texts_OfAnyKind_CarryTheirMarker()
    {
        var id = Acme.ShowcaseConversationId;

        (await GetAsync($"/v1/conversations/{id}")).Attribute("preview").GetString()!.ShouldContain("previewtext-");
        (await GetAsync($"/v1/conversations/{id}/messages")).Data.EnumerateArray()
            .ShouldAllBe(message => message.GetProperty("attributes").GetProperty("preview").GetString()!.Contains("msgtext-"));
        (await GetAsync($"/v1/conversations/{id}/notes")).Data.EnumerateArray()
            .ShouldAllBe(note => note.GetProperty("attributes").GetProperty("body").GetString()!.Contains("notetext-"));
    }

    [Fact]
    public async Task CustomAttributes_OverAllConversations_AreAboutFourteenAndDefined()
    {
        var defined = (await GetAsync("/v1/metadata/conversation")).Attribute("properties").EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        var counts = new List<int>();

        var found = await SearchAsync("""{"queryContext":"conversation"}""");

        foreach (var conversation in found.Data.EnumerateArray())
        {
            if (conversation.GetProperty("attributes").TryGetProperty("custom", out var custom))
            {
                counts.Add(custom.EnumerateObject().Count());
                custom.EnumerateObject().ShouldAllBe(value => defined.Contains(value.Name));
            }
        }

        counts.Average().ShouldBeInRange(12, 16);
        counts.Count.ShouldBeLessThan(found.Ids.Length);
    }
}

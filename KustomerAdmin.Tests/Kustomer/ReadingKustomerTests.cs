using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tests.Kustomer;

public sealed class ReadingKustomerTests : GatewayTest
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public async Task Token_AndOrganization_SayWhoseKeyItIs()
    {
        using var client = Open(Acme.Keys.WithoutMessages);

        var token = await client.GetCurrentTokenAsync(s_none);
        var organization = await client.GetCurrentOrganizationAsync(s_none);

        token.Roles.ShouldNotBeNull().Grants("org.permission.note.read").ShouldBeTrue();
        token.Roles.ShouldNotBeNull().Grants("org.permission.message.read").ShouldBeFalse();
        organization.ShouldBe(new(Acme.Id, "acme"));
    }

    [Fact]
    public async Task Search_ByUpdate_IsOldestFirstWithinTheBounds()
    {
        using var client = Open();

        var all = await client.SearchConversationsAsync(new SearchQuery(), s_none);
        var later = await client.SearchConversationsAsync(new SearchQuery { UpdatedFrom = all.Records[30].UpdatedAt }, s_none);
        var customers = await client.SearchCustomersAsync(new SearchQuery { ConversationUpdatedFrom = DateTimeOffset.UnixEpoch, PageSize = 5 }, s_none);

        all.Records.Count.ShouldBeGreaterThan(40);
        all.Records.ShouldBeInOrder(SortDirection.Ascending, Comparer<KustomerAdmin.Kustomer.Models.Conversation>.Create((left, right) => left.UpdatedAt.CompareTo(right.UpdatedAt)));
        later.Records.Select(record => record.Id).ShouldBe(all.Records.Where(record => record.UpdatedAt >= all.Records[30].UpdatedAt).Select(record => record.Id), ignoreOrder: true);
        customers.Records.Count.ShouldBe(5);
        customers.HasNext.ShouldBeTrue();
    }

    [Fact]
    public async Task Search_Downwards_ByCreationOrForIdsOnly_FindsTheSameInItsOrder()
    {
        using var client = Open();
        var upwards = (await client.SearchConversationsAsync(new SearchQuery(), s_none)).Records;
        var ids = upwards.Select(record => record.Id).ToList();

        var downwards = (await client.SearchConversationsAsync(new SearchQuery { IsDescending = true }, s_none)).Records;
        var created = (await client.SearchConversationsAsync(new SearchQuery { Order = SearchOrder.CreatedAt }, s_none)).Records.Select(Created).ToList();
        var middle = created[created.Count / 2];
        var within = await client.SearchConversationsAsync(new SearchQuery { CreatedFrom = middle, CreatedTo = middle }, s_none);
        var idsOnly = await client.SearchConversationIdsAsync(new SearchQuery(), s_none);

        downwards.Select(record => record.UpdatedAt).ShouldBe(upwards.Select(record => record.UpdatedAt).Reverse());
        created.ShouldBeInOrder();
        within.Records.ShouldNotBeEmpty();
        within.Records.Select(Created).ShouldAllBe(moment => moment == middle);
        idsOnly.Records.ShouldBe(ids, ignoreOrder: true);
        idsOnly.Total.ShouldBe(ids.Count);

        static DateTimeOffset Created(KustomerAdmin.Kustomer.Models.Conversation record) => record.Attributes.Moment("createdAt").ShouldNotBeNull();
    }

    [Fact]
    public async Task Search_DeletedConversation_IsFoundOnlyWhenAskedFor()
    {
        Acme.Delete(Acme.ShowcaseConversationId);
        using var client = Open();

        (await client.SearchConversationIdsAsync(new SearchQuery(), s_none)).Records.ShouldNotContain(Acme.ShowcaseConversationId);
        (await client.SearchConversationIdsAsync(new SearchQuery { IncludesDeleted = true }, s_none)).Records.ShouldContain(Acme.ShowcaseConversationId);
    }

    [Fact]
    public async Task Archive_HoldsWhatTheSearchLeavesOut()
    {
        Clock.Advance(TimeSpan.FromDays(800));
        using var client = Open();

        (await client.SearchConversationsAsync(new SearchQuery(), s_none)).Records.ShouldBeEmpty();
        var old = await client.SearchArchiveAsync(new SearchQuery { IsDescending = true }, s_none);
        var ids = await client.SearchArchiveIdsAsync(new SearchQuery(), s_none);

        old.Records.Select(record => record.Id).ShouldBe(ids.Records, ignoreOrder: true);
        old.Records.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Conversations_ByIds_AreThoseThatAreThere()
    {
        using var client = Open();
        var two = (await client.SearchConversationIdsAsync(new SearchQuery { PageSize = 2 }, s_none)).Records;

        var found = await client.GetConversationsAsync([.. two, "64b000000000000000000000"], s_none);
        var one = await client.GetConversationsAsync([two[0]], s_none);
        var none = await client.GetConversationsAsync(["64b000000000000000000000"], s_none);

        found.Records.Select(record => record.Id).ShouldBe(two, ignoreOrder: true);
        one.Records.ShouldHaveSingleItem().Id.ShouldBe(two[0]);
        none.Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task Conversation_ById_ComesWithItsCustomer()
    {
        using var client = Open();

        var conversation = await client.GetConversationAsync(Acme.ShowcaseConversationId, s_none);
        var customer = await client.GetCustomerAsync(conversation.CustomerId.ShouldNotBeNull(), s_none);

        conversation.Id.ShouldBe(Acme.ShowcaseConversationId);
        customer.ConversationCount.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1500)]
    [InlineData(2000)]
    public async Task Messages_OfTheLongestConversation_ComeEachOnceWhateverNumberWasExpected(int expected)
    {
        using var client = Open();

        var pages = await AllAsync(client.GetMessagesAsync(Acme.LongestConversationId, expected, s_none));

        var ids = pages.SelectMany(page => page.Messages.Records).Select(message => message.Id).ToList();
        ids.Count.ShouldBe(2000);
        ids.ShouldBeUnique();
        Meter.Sent.ShouldBe(20);
    }

    [Fact]
    public async Task Messages_OfTheShowcase_DescribeTheirAttachments()
    {
        using var client = Open();

        var page = (await AllAsync(client.GetMessagesAsync(Acme.ShowcaseConversationId, 0, s_none))).ShouldHaveSingleItem();

        var named = page.Messages.Records.SelectMany(message => message.AttachmentIds).ToList();
        named.ShouldNotBeEmpty();
        named.ShouldBeSubsetOf(page.Attachments.Select(attachment => attachment.Id));
    }

    [Fact]
    public async Task Attachment_Alone_HasAnAddress()
    {
        using var client = Open();
        var page = (await AllAsync(client.GetMessagesAsync(Acme.ShowcaseConversationId, 0, s_none)))[0];
        var message = page.Messages.Records.First(message => message.AttachmentIds.Count > 0);

        var attachment = await client.GetAttachmentAsync(message.Id, message.AttachmentIds[0], s_none);

        attachment.Source.ShouldNotBeNull().Query.ShouldContain("Signature");
    }

    [Fact]
    public async Task Lists_OfTheOrganization_AreRead()
    {
        using var client = Open();

        (await AllAsync(client.GetNotesAsync(Acme.ShowcaseConversationId, s_none))).SelectMany(page => page.Records).Count().ShouldBe(3);
        (await AllAsync(client.GetTagsAsync(s_none))).SelectMany(page => page.Records).ShouldAllBe(tag => tag.Name != null);
        (await AllAsync(client.GetUsersAsync(s_none))).SelectMany(page => page.Records).ShouldContain(user => user.Name != null);
        (await client.GetConversationFieldsAsync(s_none)).ShouldContain(field => field.Name == "orderNumberStr" && field.DisplayName != null);
    }

    [Theory]
    [InlineData("../admin")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a?b=c")]
    public async Task Id_ThatIsNoId_SendsNothing(string id)
    {
        using var client = Open();

        await Should.ThrowAsync<ArgumentException>(() => client.GetConversationAsync(id, s_none));

        Meter.Sent.ShouldBe(0);
    }
}

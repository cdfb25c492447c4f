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

        token.Grants("org.permission.note.read").ShouldBeTrue();
        token.Grants("org.permission.message.read").ShouldBeFalse();
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
    public async Task Conversation_ById_ComesWithItsCustomer()
    {
        using var client = Open();

        var conversation = await client.GetConversationAsync(Acme.ShowcaseConversationId, s_none);
        var customer = await client.GetCustomerAsync(conversation.CustomerId.ShouldNotBeNull(), s_none);

        conversation.Id.ShouldBe(Acme.ShowcaseConversationId);
        customer.ConversationCount.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Messages_OfTheLongestConversation_ComePageByPageEachOnce()
    {
        using var client = Open();

        var pages = await AllAsync(client.GetMessagesAsync(Acme.LongestConversationId, s_none));

        var ids = pages.SelectMany(page => page.Messages.Records).Select(message => message.Id).ToList();
        ids.Count.ShouldBe(2000);
        ids.ShouldBeUnique();
        Meter.Sent.ShouldBe(20);
    }

    [Fact]
    public async Task Messages_OfTheShowcase_DescribeTheirAttachments()
    {
        using var client = Open();

        var page = (await AllAsync(client.GetMessagesAsync(Acme.ShowcaseConversationId, s_none))).ShouldHaveSingleItem();

        var named = page.Messages.Records.SelectMany(message => message.AttachmentIds).ToList();
        named.ShouldNotBeEmpty();
        named.ShouldBeSubsetOf(page.Attachments.Select(attachment => attachment.Id));
    }

    [Fact]
    public async Task Attachment_Alone_HasAnAddress()
    {
        using var client = Open();
        var page = (await AllAsync(client.GetMessagesAsync(Acme.ShowcaseConversationId, s_none)))[0];
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

using System.Runtime.CompilerServices;
using System.Text.Json;
using KustomerAdmin.Kustomer.Models;

namespace KustomerAdmin.Kustomer;

/// <summary>
/// Kustomer's API with one key, a method per endpoint. Every method throws <see cref="KustomerException"/> kinds and
/// nothing else for what goes wrong between here and Kustomer.
/// </summary>
public sealed class KustomerClient : IDisposable
{
    /// <summary>Ids that one request may ask for.</summary>
    public const int MostIds = 100;

    private const int ListPageSize = 100;

    /// <summary>For people and teams Kustomer gives more at a time, so that one request brings all of most organisations.</summary>
    private const int LargeListPageSize = 500;

    /// <summary>Pages of one thread under way at a time: the rest of the connections is for what else is asked.</summary>
    private const int MostPagesAtOnce = 8;

    private readonly KustomerSender _sender;

    internal KustomerClient(KustomerSender sender) => _sender = sender;

    /// <summary>Any valid key may ask. https://developer.kustomer.com/docs/get-started/quickstart</summary>
    public async Task<AccessToken> GetCurrentTokenAsync(CancellationToken cancellationToken) =>
        Read(KustomerRoutes.CurrentToken, await GetResourceAsync(KustomerRoutes.CurrentToken, cancellationToken), AccessToken.Read);

    /// <summary>
    /// Exchanges e-mail and password for a token of that person. Needs no key; asked once, never again by itself.
    /// https://developer.kustomer.com/api/access-management/create-token
    /// </summary>
    /// <exception cref="KeyRejectedException">Kustomer does not accept them.</exception>
    public async Task<ApiKey> CreateTokenAsync(Subdomain domain, SignIn signIn, CancellationToken cancellationToken)
    {
        using var answer = await _sender.SendAsync(new Question(KustomerRoutes.Tokens, AnswerShape.Record) { Body = signIn.ToJson(domain), IsRead = false }, cancellationToken);
        return Read(KustomerRoutes.Tokens, answer.RootElement.GetProperty("data"), static resource =>
            ApiKey.TryParse(resource.Attributes().Text("token"), out var key) ? key : throw new FormatException("The answer holds no token."));
    }

    /// <summary>The organisation of the key; any valid key may ask.</summary>
    public async Task<Organization> GetCurrentOrganizationAsync(CancellationToken cancellationToken) =>
        Read(KustomerRoutes.CurrentOrganization, await GetResourceAsync(KustomerRoutes.CurrentOrganization, cancellationToken), Organization.Read);

    /// <summary>Conversations with all their attributes. A walk over many pages maps them instead.</summary>
    public Task<RecordPage<Conversation>> SearchConversationsAsync(SearchQuery query, CancellationToken cancellationToken) =>
        SearchConversationsAsync(query, Conversation.Keep, cancellationToken);

    /// <inheritdoc cref="SearchConversationsAsync(SearchQuery, CancellationToken)"/>
    public Task<RecordPage<Conversation>> SearchArchiveAsync(SearchQuery query, CancellationToken cancellationToken) =>
        SearchArchiveAsync(query, Conversation.Keep, cancellationToken);

    /// <summary>Conversations updated in the last two years. https://developer.kustomer.com/docs/concepts/search</summary>
    /// <param name="map">Takes over what is kept of a conversation: its JSON is gone when the page is returned, as a page's is large.</param>
    public Task<RecordPage<T>> SearchConversationsAsync<T>(SearchQuery query, Func<Conversation, T> map, CancellationToken cancellationToken) =>
        SearchAsync(KustomerRoutes.Search, "conversation", query, isIdsOnly: false, resource => map(Conversation.Read(resource)), cancellationToken);

    /// <summary>Conversations last updated more than two years ago.</summary>
    /// <inheritdoc cref="SearchConversationsAsync{T}(SearchQuery, Func{Conversation, T}, CancellationToken)"/>
    public Task<RecordPage<T>> SearchArchiveAsync<T>(SearchQuery query, Func<Conversation, T> map, CancellationToken cancellationToken) =>
        SearchAsync(KustomerRoutes.ArchiveSearch, "conversation", query, isIdsOnly: false, resource => map(Conversation.Read(resource)), cancellationToken);

    /// <summary>Only the ids of what <see cref="SearchConversationsAsync{T}(SearchQuery, Func{Conversation, T}, CancellationToken)"/> finds.</summary>
    public Task<RecordPage<string>> SearchConversationIdsAsync(SearchQuery query, CancellationToken cancellationToken) =>
        SearchAsync(KustomerRoutes.Search, "conversation", query, isIdsOnly: true, static resource => resource.RequiredId(), cancellationToken);

    /// <summary>Only the ids of what <see cref="SearchArchiveAsync{T}(SearchQuery, Func{Conversation, T}, CancellationToken)"/> finds.</summary>
    public Task<RecordPage<string>> SearchArchiveIdsAsync(SearchQuery query, CancellationToken cancellationToken) =>
        SearchAsync(KustomerRoutes.ArchiveSearch, "conversation", query, isIdsOnly: true, static resource => resource.RequiredId(), cancellationToken);

    /// <inheritdoc cref="SearchConversationsAsync{T}(SearchQuery, Func{Conversation, T}, CancellationToken)"/>
    public Task<RecordPage<CustomerCount>> SearchCustomersAsync(SearchQuery query, CancellationToken cancellationToken) =>
        SearchAsync(KustomerRoutes.Search, "customer", query, isIdsOnly: false, CustomerCount.Read, cancellationToken);

    /// <summary>https://developer.kustomer.com/api/core-resources/get-conversation-by-id</summary>
    public async Task<Conversation> GetConversationAsync(string id, CancellationToken cancellationToken) =>
        Read(KustomerRoutes.Conversation(id), await GetResourceAsync(KustomerRoutes.Conversation(id), cancellationToken), Conversation.Read);

    /// <summary>
    /// Those of the conversations that Kustomer still has, at most <see cref="MostIds"/> a request.
    /// https://developer.kustomer.com/api/core-resources/get-conversation-by-id
    /// </summary>
    public async Task<RecordPage<Conversation>> GetConversationsAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfZero(ids.Count, nameof(ids));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, MostIds, nameof(ids));
        try
        {
            using var answer = await _sender.SendAsync(new Question(KustomerRoutes.Conversations(ids), AnswerShape.Record), cancellationToken);
            return RecordPage<Conversation>.Read(answer, ids.Count, static resource => Conversation.Keep(Conversation.Read(resource)));
        }
        catch (RecordNotFoundException) when (ids.Count == 1)
        {
            // Of one id only: for several it would not say which is gone.
            return new RecordPage<Conversation> { Records = [], Unreadable = [], PageSize = 1 };
        }
    }

    /// <summary>https://developer.kustomer.com/api/core-resources/get-customer</summary>
    public async Task<Customer> GetCustomerAsync(string id, CancellationToken cancellationToken) =>
        Read(KustomerRoutes.Customer(id), await GetResourceAsync(KustomerRoutes.Customer(id), cancellationToken), Customer.Read);

    /// <summary>Messages with a description of their attachments. https://developer.kustomer.com/api/core-resources/get-messages-by-conversation-id</summary>
    /// <param name="expected">How many there are, as far as is known: their pages are asked for at once instead of one after the other.</param>
    public async IAsyncEnumerable<MessagePage> GetMessagesAsync(string conversationId, int expected, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = Math.Clamp((expected + ListPageSize - 1) / ListPageSize, 1, KustomerAnswers.MostPages);
        var (hasNext, seen) = (true, new HashSet<string>(StringComparer.Ordinal));
        for (var first = 1; hasNext && first <= KustomerAnswers.MostPages;)
        {
            var count = Math.Clamp(known - first + 1, 1, MostPagesAtOnce);
            foreach (var page in await Task.WhenAll(Enumerable.Range(first, count).Select(number => GetMessagePageAsync(conversationId, number, cancellationToken))))
            {
                yield return page;

                hasNext = page.Messages.LeadsOn(seen, static message => message.Id);
            }

            first += count;
        }
    }

    /// <summary>https://developer.kustomer.com/api/core-resources/get-notes-by-conversation-id</summary>
    public IAsyncEnumerable<RecordPage<Note>> GetNotesAsync(string conversationId, CancellationToken cancellationToken) =>
        GetPagesAsync(KustomerRoutes.Notes(conversationId), Note.Read, static note => note.Id, cancellationToken);

    /// <summary>All tags of the organisation.</summary>
    public IAsyncEnumerable<RecordPage<Tag>> GetTagsAsync(CancellationToken cancellationToken) =>
        GetPagesAsync(KustomerRoutes.Tags, Tag.Read, static tag => tag.Id, cancellationToken);

    /// <summary>People of the organisation, without those who left. https://developer.kustomer.com/api/access-management/get-users</summary>
    public IAsyncEnumerable<RecordPage<User>> GetUsersAsync(CancellationToken cancellationToken) =>
        GetPagesAsync(KustomerRoutes.Users, User.Read, static user => user.Id, cancellationToken, LargeListPageSize);

    /// <summary>Teams of the organisation. https://developer.kustomer.com/api/access-management/get-teams</summary>
    public IAsyncEnumerable<RecordPage<Team>> GetTeamsAsync(CancellationToken cancellationToken) =>
        GetPagesAsync(KustomerRoutes.Teams, Team.Read, static team => team.Id, cancellationToken, LargeListPageSize);

    /// <summary>Definitions of the conversation's custom attributes. https://developer.kustomer.com/docs/concepts/custom-attributes</summary>
    public async Task<IReadOnlyList<FieldDefinition>> GetConversationFieldsAsync(CancellationToken cancellationToken) =>
        Read(KustomerRoutes.ConversationMetadata, await GetResourceAsync(KustomerRoutes.ConversationMetadata, cancellationToken), FieldDefinition.ReadAll);

    /// <summary>One attachment, with a fresh address of its bytes. https://developer.kustomer.com/api/core-resources/get-attachment-by-message-id</summary>
    public async Task<Attachment> GetAttachmentAsync(string messageId, string id, CancellationToken cancellationToken) =>
        Read(KustomerRoutes.Attachment(messageId, id), await GetResourceAsync(KustomerRoutes.Attachment(messageId, id), cancellationToken), Attachment.Read);

    public void Dispose() => _sender.Dispose();

    private async Task<RecordPage<T>> SearchAsync<T>(KustomerRoute route, string context, SearchQuery query, bool isIdsOnly, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var parameters = $"page={query.Page}&pageSize={query.PageSize}{(isIdsOnly ? "&idsOnly=true" : "")}";
        using var answer = await _sender.SendAsync(new Question(route, AnswerShape.List) { Query = parameters, IsSearch = true, Body = query.ToJson(context) }, cancellationToken);
        return RecordPage<T>.Read(answer, query.PageSize, read);
    }

    private async Task<MessagePage> GetMessagePageAsync(string conversationId, int page, CancellationToken cancellationToken)
    {
        using var answer = await GetPageAsync(KustomerRoutes.Messages(conversationId), page, ListPageSize, "&include=attachments", cancellationToken);
        var attachments = RecordPage<Attachment>.Read(answer, ListPageSize, Attachment.Read, list: "included");
        return new MessagePage(RecordPage<Message>.Read(answer, ListPageSize, Message.Read), attachments.Records);
    }

    /// <summary>Pages by number: an address inside an answer is read only for "there is more", never followed.</summary>
    private async IAsyncEnumerable<RecordPage<T>> GetPagesAsync<T>(
        KustomerRoute route, Func<JsonElement, T> read, Func<T, string> idOf, [EnumeratorCancellation] CancellationToken cancellationToken, int pageSize = ListPageSize)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 1; number <= KustomerAnswers.MostPages; number++)
        {
            using var answer = await GetPageAsync(route, number, pageSize, "", cancellationToken);
            var page = RecordPage<T>.Read(answer, pageSize, read);
            yield return page;
            if (!page.LeadsOn(seen, idOf))
            {
                yield break;
            }
        }
    }

    private Task<KustomerAnswer> GetPageAsync(KustomerRoute route, int page, int pageSize, string parameters, CancellationToken cancellationToken) =>
        _sender.SendAsync(new Question(route, AnswerShape.List) { Query = $"page={page}&pageSize={pageSize}{parameters}" }, cancellationToken);

    private async Task<JsonElement> GetResourceAsync(KustomerRoute route, CancellationToken cancellationToken) =>
        (await _sender.SendAsync(new Question(route, AnswerShape.Record), cancellationToken)).RootElement.GetProperty("data");

    private static T Read<T>(KustomerRoute route, JsonElement resource, Func<JsonElement, T> read)
    {
        try
        {
            return read(resource);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw new UnexpectedAnswerException(route.Endpoint, UnexpectedAnswer.Malformed);
        }
    }
}

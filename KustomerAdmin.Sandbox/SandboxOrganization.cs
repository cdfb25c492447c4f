using KustomerAdmin.Sandbox.Api;
using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox;

/// <summary>One organisation: its credentials, its records by id, and the ways to change them.</summary>
public sealed class SandboxOrganization
{
    private readonly Organization _organization;
    private readonly SandboxState _state;

    internal SandboxOrganization(Organization organization, SandboxState state)
    {
        _organization = organization;
        _state = state;
    }

    public string Subdomain => Store.Subdomain;

    public string Id => Store.Id.ToString();

    public SandboxKeys Keys => _organization.KeyRing.Keys;

    /// <summary>Without the deleted ones.</summary>
    public int ConversationCount
    {
        get
        {
            lock (Store.Gate)
            {
                return Store.ConversationsById.Count;
            }
        }
    }

    /// <summary>All ids, oldest first.</summary>
    public IReadOnlyList<string> ConversationIds
    {
        get
        {
            lock (Store.Gate)
            {
                return [.. Enumerable.Range(0, Store.ConversationsById.Count).Select(rank => Store.IdOf(Store.ConversationsById[rank]).ToString())];
            }
        }
    }

    /// <summary>The updatedAt of each conversation by its id, without the deleted ones.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Versions
    {
        get
        {
            lock (Store.Gate)
            {
                return Enumerable.Range(0, Store.ConversationsById.Count).Select(rank => Store.ConversationsById[rank])
                    .ToDictionary(found => Store.IdOf(found).ToString(), found => DateTimeOffset.FromUnixTimeMilliseconds(found.UpdatedAt), StringComparer.Ordinal);
            }
        }
    }

    /// <summary>A conversation of about 2,000 messages.</summary>
    public string LongestConversationId => IdAt(Store.Layout.Longest);

    /// <summary>Conversations of more than a hundred messages each.</summary>
    public IReadOnlyList<string> LongConversationIds => [.. Store.Layout.Long.Select(IdAt)];

    /// <summary>A conversation with attachments of every awkward kind, one a message.</summary>
    public string ShowcaseConversationId => IdAt(Store.Layout.Showcase);

    /// <summary>The updatedAt that <see cref="SharedUpdatedAtCount"/> conversations have in common.</summary>
    public DateTimeOffset SharedUpdatedAt => DateTimeOffset.FromUnixTimeMilliseconds(Store.Layout.SharedUpdatedAt);

    public int SharedUpdatedAtCount => Store.Layout.SharedCount;

    private OrganizationStore Store => _organization.Store;

    /// <summary>Creates an open conversation with one message and returns its id.</summary>
    public string Create(string? name = null)
    {
        lock (Store.Gate)
        {
            return Store.IdOf(Store.Create(name)).ToString();
        }
    }

    /// <summary>Changes a conversation as an agent would; its updatedAt becomes now. False when there is none of that id.</summary>
    public bool Touch(string conversationId) => Change(conversationId, conversation => Store.Touch(conversation));

    public bool Delete(string conversationId) => Change(conversationId, Store.Delete);

    /// <summary>Deletes a conversation without a trace: no search shows it, one for deleted ones neither.</summary>
    public bool Erase(string conversationId) => Change(conversationId, Store.Erase);

    /// <summary>From now on no search shows the conversation; reads by id do.</summary>
    public bool Hide(string conversationId) => Change(conversationId, Store.Index.Forget);

    /// <summary>Reads of one conversation by its id answer with the one that it was merged into, or say that it is deleted instead of 404.</summary>
    public bool AnswerInstead(string conversationId, string? survivorId) =>
        Change(conversationId, conversation => Store.Instead[conversationId] = survivorId is null ? conversation with { IsDeleted = true } : Store.FindConversation(survivorId)!);

    /// <summary>Touches so many conversations, spread over all of them.</summary>
    public void Churn(int count)
    {
        lock (Store.Gate)
        {
            var all = Store.ConversationsById.Count;
            var step = Math.Max(1, all / Math.Max(1, count));
            for (var change = 0; change < count && all > 0; change++)
            {
                Store.Touch(Store.ConversationsById[(int)((long)change * step % all)]);
            }
        }
    }

    /// <summary>Takes requests from the minute's budget, as another integration of the organisation would.</summary>
    public void SpendRequests(int count) => _organization.Requests.Spend(count, _state.Behaviour.RequestsPerMinute);

    /// <summary>Makes a key of this organisation worthless from now on.</summary>
    public void Revoke(string key)
    {
        if (Access.SignedToken.Read(key) is { } claims)
        {
            _organization.KeyRing.Revoke(claims.Id);
        }
    }

    private string IdAt(int position) => Store.IdOf(Store.Conversation(position)).ToString();

    private bool Change(string conversationId, Action<Conversation> change)
    {
        lock (Store.Gate)
        {
            if (Store.FindConversation(conversationId) is not { } conversation)
            {
                return false;
            }

            change(conversation);
            return true;
        }
    }
}

namespace KustomerAdmin.Kustomer;

/// <summary>An endpoint of Kustomer's API, without the ids of one request.</summary>
/// <param name="Template">For messages and logs: it names no record.</param>
/// <param name="Role">The role a key needs for it (Kustomer's developer portal, get-started/api-keys-and-roles); null when any valid key will do.</param>
public sealed record KustomerEndpoint(string Template, string? Role);

/// <summary>One request's path under an endpoint.</summary>
internal sealed record KustomerRoute(KustomerEndpoint Endpoint, string Path);

/// <summary>Every path of Kustomer's API that the console uses, once.</summary>
internal static class KustomerRoutes
{
    public const string Prefix = "/v1/";

    public static readonly KustomerRoute Tokens = Plain("v1/auth/tokens", null);
    public static readonly KustomerRoute CurrentToken = Plain("v1/auth/tokens/current", null);
    public static readonly KustomerRoute CurrentOrganization = Plain("v1/orgs/current", null);
    public static readonly KustomerRoute Search = Plain("v1/customers/search", "org.permission.search.create");
    public static readonly KustomerRoute ArchiveSearch = Plain("v1/customers/archive/search", "org.permission.search.create");
    public static readonly KustomerRoute Tags = Plain("v1/tags", "org.permission.tag.read");
    public static readonly KustomerRoute Users = Plain("v1/users", "org.permission.user.read");
    public static readonly KustomerRoute Teams = Plain("v1/teams", "org.permission.team.read");
    public static readonly KustomerRoute ConversationMetadata = Plain("v1/metadata/conversation", "org.permission.metadata.read");

    private static readonly KustomerEndpoint s_conversation = new("v1/conversations/{id}", "org.permission.conversation.read");
    private static readonly KustomerEndpoint s_conversations = new("v1/conversations/{ids}", "org.permission.conversation.read");
    private static readonly KustomerEndpoint s_messages = new("v1/conversations/{id}/messages", "org.permission.message.read");
    private static readonly KustomerEndpoint s_notes = new("v1/conversations/{id}/notes", "org.permission.note.read");
    private static readonly KustomerEndpoint s_customer = new("v1/customers/{id}", "org.permission.customer.read");
    private static readonly KustomerEndpoint s_attachment = new("v1/messages/{id}/attachments/{id}", "org.permission.attachment.read");

    public static KustomerRoute Conversation(string id) => new(s_conversation, $"v1/conversations/{Segment(id)}");

    public static KustomerRoute Conversations(IEnumerable<string> ids) => new(s_conversations, $"v1/conversations/{string.Join(',', ids.Select(Segment))}");

    public static KustomerRoute Messages(string conversationId) => new(s_messages, $"v1/conversations/{Segment(conversationId)}/messages");

    public static KustomerRoute Notes(string conversationId) => new(s_notes, $"v1/conversations/{Segment(conversationId)}/notes");

    public static KustomerRoute Customer(string id) => new(s_customer, $"v1/customers/{Segment(id)}");

    public static KustomerRoute Attachment(string messageId, string id) => new(s_attachment, $"v1/messages/{Segment(messageId)}/attachments/{Segment(id)}");

    /// <summary>Whether a text may be an id: one that may not could neither be stored nor asked for.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= 50 && text.All(char.IsAsciiLetterOrDigit);

    private static KustomerRoute Plain(string path, string? role) => new(new KustomerEndpoint(path, role), path);

    /// <summary>Ids come from addresses that people type: anything but letters and digits never reaches a path.</summary>
    private static string Segment(string id) =>
        IsId(id) ? id : throw new ArgumentException("Not an id of Kustomer.", nameof(id));
}

using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Integrations.Checking;

/// <summary>Something the console does with a key, and what is lost without the role for it.</summary>
/// <param name="IsNeeded">Nothing works without it; the others cost only their part.</param>
public sealed record KeyAbility(string Name, string Loss, string Role, bool IsNeeded = false)
{
    private const string Separator = ", ";

    public static readonly KeyAbility Search = Of("Ticket search", "nothing can be synced", KustomerRoutes.Search, isNeeded: true);
    public static readonly KeyAbility Conversations = Of("Conversations", "tickets will not open", KustomerRoutes.Conversation("any"));
    public static readonly KeyAbility Customers = Of("Customers", "customers will not be shown", KustomerRoutes.Customer("any"));
    public static readonly KeyAbility Messages = Of("Messages", "messages will not open", KustomerRoutes.Messages("any"));
    public static readonly KeyAbility Notes = Of("Notes", "notes will not open", KustomerRoutes.Notes("any"));
    public static readonly KeyAbility Attachments = Of("Attachments", "attachments will not open", KustomerRoutes.Attachment("any", "any"));
    public static readonly KeyAbility Tags = Of("Tags", "tags will be shown without their names", KustomerRoutes.Tags);
    public static readonly KeyAbility Fields = Of("Fields", "custom fields will be shown without their display names", KustomerRoutes.ConversationMetadata);
    public static readonly KeyAbility People = Of("People", "senders will be shown without their names", KustomerRoutes.Users);

    public static readonly IReadOnlyList<KeyAbility> All = [Search, Conversations, Customers, Messages, Notes, Attachments, Tags, Fields, People];

    /// <summary>The role without what every role begins with, as people speak of it.</summary>
    public string ShortRole => Role["org.permission.".Length..];

    /// <summary>For the database.</summary>
    public static string Names(IEnumerable<KeyAbility> abilities) => string.Join(Separator, abilities.Select(static ability => ability.Name));

    /// <summary>Back from <see cref="Names"/>.</summary>
    public static IReadOnlyList<KeyAbility> Named(string? names) => [.. All.Where(ability => names?.Split(Separator).Contains(ability.Name, StringComparer.Ordinal) == true)];

    private static KeyAbility Of(string name, string loss, KustomerRoute route, bool isNeeded = false) => new(name, loss, route.Endpoint.Role!, isNeeded);
}

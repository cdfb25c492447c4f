using System.Linq.Expressions;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Filters;

/// <summary>A field that is a column of the ticket itself, or hangs on it. The keys stand in addresses; do not rename one.</summary>
/// <param name="Column">The value of a ticket; null for lists.</param>
internal sealed record OwnField(FilterField Field, LambdaExpression? Column)
{
    public const string Instance = "instance";
    public const string Channel = "channel";
    public const string Tag = "tag";
    public const string Status = "status";
    public const string Id = "id";

    public static readonly IReadOnlyList<OwnField> All =
    [
        Of("subject", "Subject", FilterFieldType.Text, ticket => ticket.Subject),
        Of(Status, "Status", FilterFieldType.Choice, ticket => ticket.Status),
        Of("priority", "Priority", FilterFieldType.Number, ticket => ticket.Priority),
        Of("direction", "Direction", FilterFieldType.Choice, ticket => ticket.Direction),
        new(new FilterField(Channel, "Channel", FilterFieldType.List, FilterFieldGroup.Ticket), null),
        new(new FilterField(Tag, "Tag", FilterFieldType.List, FilterFieldGroup.Ticket), null),
        Of("messageCount", "Messages", FilterFieldType.Number, ticket => ticket.MessageCount),
        Of("noteCount", "Notes", FilterFieldType.Number, ticket => ticket.NoteCount),
        Of("createdAt", "Created", FilterFieldType.Date, ticket => ticket.CreatedAt),
        Of("updatedAt", "Updated", FilterFieldType.Date, ticket => (DateTimeOffset?)ticket.UpdatedAt),
        Of("lastActivityAt", "Last activity", FilterFieldType.Date, ticket => ticket.LastActivityAt),
        Of(Instance, "Instance", FilterFieldType.Choice, ticket => ticket.InstanceId),
        Of(Id, "Ticket id", FilterFieldType.Text, ticket => ticket.KustomerId),
        Of("customerConversations", "Customer's conversations", FilterFieldType.Number, ticket => ticket.Customer!.ConversationCount, FilterFieldGroup.Customer),
    ];

    private static OwnField Of<T>(string key, string name, FilterFieldType type, Expression<Func<Ticket, T>> column, FilterFieldGroup group = FilterFieldGroup.Ticket) =>
        new(new FilterField(key, name, type, group), column);
}

using System.Linq.Expressions;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Filters;

/// <summary>A field that is a column of the ticket itself, or hangs on it. The keys stand in addresses; do not rename one.</summary>
/// <param name="Column">Of the ticket or of its customer; null for lists.</param>
internal sealed record OwnField(FilterField Field, LambdaExpression? Column)
{
    public const string Instance = "instance";
    public const string Channel = "channel";
    public const string Tag = "tag";
    public const string Status = "status";
    public const string Direction = "direction";
    public const string Updated = "updatedAt";
    public const string Id = "id";

    public static readonly IReadOnlyList<OwnField> All =
    [
        Of("subject", "Subject", FilterFieldType.Text, ticket => ticket.Subject),
        Of(Status, "Status", FilterFieldType.Choice, ticket => ticket.Status),
        Of("priority", "Priority", FilterFieldType.Number, ticket => ticket.Priority),
        Of(Direction, "Direction", FilterFieldType.Choice, ticket => ticket.Direction),
        new(new FilterField(Channel, "Channel", FilterFieldType.List, FilterFieldGroup.Ticket), null),
        new(new FilterField(Tag, "Tag", FilterFieldType.List, FilterFieldGroup.Ticket), null),
        Of("messageCount", "Messages", FilterFieldType.Number, ticket => ticket.MessageCount),
        Of("noteCount", "Notes", FilterFieldType.Number, ticket => ticket.NoteCount),
        Of("createdAt", "Created", FilterFieldType.Date, ticket => ticket.CreatedAt),
        Of(Updated, "Updated", FilterFieldType.Date, ticket => (DateTimeOffset?)ticket.UpdatedAt),
        Of("lastActivityAt", "Last activity", FilterFieldType.Date, ticket => ticket.LastActivityAt),
        Of(Instance, "Instance", FilterFieldType.Choice, ticket => ticket.InstanceId),
        Of(Id, "Ticket id", FilterFieldType.Text, ticket => ticket.KustomerId),
        new(new FilterField("customerConversations", "Customer's conversations", FilterFieldType.Number, FilterFieldGroup.Customer), (Expression<Func<Customer, int?>>)(customer => customer.ConversationCount)),
    ];

    private static OwnField Of<T>(string key, string name, FilterFieldType type, Expression<Func<Ticket, T>> column) =>
        new(new FilterField(key, name, type, FilterFieldGroup.Ticket), column);
}

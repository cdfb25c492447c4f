namespace KustomerAdmin.Tickets;

/// <summary>Columns that the list can be sorted by. Their lower-case names stand in addresses; do not rename one.</summary>
public enum TicketSort
{
    Updated,
    Created,
    Activity,
    Subject,
    Status,
    Priority,
    Messages,
    Conversations,
    Instance,
}

using KustomerAdmin.Filters;

namespace KustomerAdmin.Tickets.Filtering;

/// <summary>Fields that are asked without the builder. They are there before anything is read.</summary>
internal static class QuickFields
{
    public static readonly FilterField Subject = new("subject", "Subject", FilterFieldType.Text, FilterFieldGroup.Ticket);

    public static readonly IReadOnlyList<FilterField> Chosen =
    [
        new("instance", "Instance", FilterFieldType.Choice, FilterFieldGroup.Ticket),
        new("status", "Status", FilterFieldType.Choice, FilterFieldGroup.Ticket),
        new("channel", "Channel", FilterFieldType.List, FilterFieldGroup.Ticket),
    ];
}

using KustomerAdmin.Filters;

namespace KustomerAdmin.Tickets.Filtering;

/// <summary>What choosers of fields call types and groups, and which fields they find.</summary>
internal static class FieldWords
{
    public static string NameOf(FilterFieldType type) => type switch
    {
        FilterFieldType.Text => "text",
        FilterFieldType.Number => "number",
        FilterFieldType.Date => "date",
        FilterFieldType.YesNo => "yes/no",
        FilterFieldType.List => "list",
        FilterFieldType.Choice => "choice",
    };

    /// <summary>"number", "duration (ms)", "text, Acme support".</summary>
    /// <param name="places">Names of the instances that have a field, where not all of them do.</param>
    public static string Details(FilterField field, IReadOnlyDictionary<string, string> places) =>
        (field.IsDuration ? "duration (ms)" : NameOf(field.Type)) + (places.TryGetValue(field.Key, out var place) ? $", {place}" : "");

    public static string NameOf(FilterFieldGroup group) => group switch
    {
        FilterFieldGroup.Ticket => "Ticket",
        FilterFieldGroup.Customer => "Customer",
        FilterFieldGroup.Custom => "Custom",
        FilterFieldGroup.Standard => "Standard",
    };

    /// <summary>By a part of its name or of its key.</summary>
    public static bool IsCalled(FilterField field, string typed) =>
        typed.Trim() is var text && (field.DisplayName.Contains(text, StringComparison.OrdinalIgnoreCase) || field.Key.Contains(text, StringComparison.OrdinalIgnoreCase));
}

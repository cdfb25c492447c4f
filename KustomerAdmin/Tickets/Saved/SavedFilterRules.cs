using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Tickets.Filtering;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Saved;

/// <summary>What a saved filter must be, and the sentences that say why it is not.</summary>
internal static class SavedFilterRules
{
    public const string Gone = "This filter is not there any more.";
    public const string NameTaken = "You have a filter of this name already.";

    public static string ChangedMeanwhile(string? by) =>
        by is null ? "This filter was changed meanwhile. Look at it again before you change it." : $"This filter was changed by {by} meanwhile. Look at it again before you change it.";

    public static string Tidy(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Without its page: a saved list opens at its beginning.</summary>
    public static string AddressOf(TicketQuery list) => (list with { Page = 1 }).ToAddress();

    public static string? FaultOf(string address) => address.Length > SavedFilter.AddressLength ? "This filter is too long to be saved. Take some of its values away." : null;

    public static async Task<string?> FaultOfAsync(AppDbContext db, string ownerId, string name, long? ownId, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > SavedFilter.NameLength)
        {
            return name.Length == 0 ? "Give the filter a name." : $"A name has at most {SavedFilter.NameLength} characters.";
        }

        var names = await db.SavedFilters.Where(filter => filter.OwnerId == ownerId && filter.Id != ownId).Select(filter => filter.Name).ToListAsync(cancellationToken);
        return names.Contains(name, StringComparer.OrdinalIgnoreCase) ? NameTaken : null;
    }

    /// <summary>"Open (copy)", "Open (copy 2)".</summary>
    public static string CopyOf(string name, IReadOnlyCollection<string> taken)
    {
        for (var number = 1; ; number++)
        {
            var ending = number == 1 ? " (copy)" : $" (copy {number})";
            var copy = name[..Math.Min(name.Length, SavedFilter.NameLength - ending.Length)] + ending;
            if (!taken.Contains(copy, StringComparer.OrdinalIgnoreCase))
            {
                return copy;
            }
        }
    }

    /// <summary>Every field that it asks for: in its conditions and as its sort.</summary>
    public static void FillFields(SavedFilter filter)
    {
        var list = TicketQuery.FromAddress(filter.Address);
        var keys = FilterTree.Conditions(list.Filter).Select(condition => condition.Field).Append(list.SortKey)
            .Where(key => key.Length <= MetadataField.KeyLength).ToHashSet(StringComparer.Ordinal);
        filter.Fields.RemoveAll(field => !keys.Contains(field.Key));
        filter.Fields.AddRange(keys.Where(key => !filter.Fields.Exists(field => string.Equals(field.Key, key, StringComparison.Ordinal))).Select(key => new SavedFilterField { FilterId = filter.Id, Key = key }));
    }
}

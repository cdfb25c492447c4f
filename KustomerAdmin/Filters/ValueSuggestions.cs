using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <param name="Tickets">How many have it, about; null where nobody has counted.</param>
public sealed record ValueSuggestion(string Value, string Label, long? Tickets);

/// <summary>Values to choose from while a condition is written.</summary>
public sealed class ValueSuggestions(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    public const int Most = 20;

    /// <param name="typed">Nothing for the most frequent values; else what they contain.</param>
    public async Task<IReadOnlyList<ValueSuggestion>> SuggestAsync(string fieldKey, string? typed, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!(await FieldSource.ReadAsync(db, cancellationToken)).TryGetValue(fieldKey, out var source) || !source.Field.IsStored)
        {
            return [];
        }

        var names = new FilterNames(await FilterNames.InstancesAsync(db, cancellationToken));
        var values = source.Field.Key switch
        {
            OwnField.Instance => names.Instances.Keys,
            OwnField.Status => await db.Tickets.Where(ticket => ticket.Status != null).Select(ticket => ticket.Status!).Distinct().ToListAsync(cancellationToken),
            OwnField.Channel => await db.TicketChannels.Select(channel => channel.Channel).Distinct().ToListAsync(cancellationToken),
            OwnField.Tag => await db.TicketTags.Select(tag => tag.TagId).Distinct().ToListAsync(cancellationToken),
            _ => [],
        };
        return [.. values.Select(value => new ValueSuggestion(value, names.LabelOf(fieldKey, value), null)).Where(value => value.Label.Contains(typed ?? "", StringComparison.OrdinalIgnoreCase)).OrderBy(value => value.Label, StringComparer.OrdinalIgnoreCase).Take(Most)];
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <param name="Tickets">How many have it, about; null where nobody has counted.</param>
public sealed record ValueSuggestion(string Value, string Label, long? Tickets);

/// <summary>Values to choose from while a condition is written: the most frequent ones by statistics, and what begins with the typed by the index.</summary>
public sealed class ValueSuggestions(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    public const int Most = 20;

    /// <param name="typed">Nothing yet, or the beginning or a part of a value.</param>
    public async Task<IReadOnlyList<ValueSuggestion>> SuggestAsync(string fieldKey, string? typed, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!(await FieldSource.ReadAsync(db, cancellationToken)).TryGetValue(fieldKey, out var source) || !source.Field.IsStored)
        {
            return [];
        }

        var text = typed?.Trim() ?? "";
        switch (source.Field)
        {
            case { Key: OwnField.Instance }:
                // All of them: a quick filter has no box to find the others by.
                return Named((await FilterNames.ReadAsync(db, cancellationToken)).Instances, [], text, int.MaxValue);
            case { Key: OwnField.Tag } when (await FilterNames.ReadAsync(db, cancellationToken)).Tags is { Count: > 0 } tags:
                return Named(tags, await FrequentAsync(db, source, cancellationToken), text, Most);
            case { Type: FilterFieldType.YesNo }:
                return [.. new[] { new ValueSuggestion("true", "Yes", null), new ValueSuggestion("false", "No", null) }.Where(value => Has(value.Label, text))];
            case { Type: FilterFieldType.Date } or { Key: OwnField.Id }:
                return [];
            default:
                return await StoredAsync(db, source, text, cancellationToken);
        }
    }

    /// <summary>Values by what they are called: those that many have, then the others by name.</summary>
    private static IReadOnlyList<ValueSuggestion> Named(IReadOnlyDictionary<string, string> names, List<ValueSuggestion> frequent, string text, int most)
    {
        var counted = frequent.Select(value => value with { Label = names.GetValueOrDefault(value.Value) ?? value.Label });
        var others = names.Select(name => new ValueSuggestion(name.Key, name.Value, null)).OrderBy(value => value.Label, StringComparer.OrdinalIgnoreCase);
        return [.. counted.Concat(others).DistinctBy(value => value.Value, StringComparer.Ordinal).Where(value => Has(value.Label, text)).Take(most)];
    }

    private static async Task<IReadOnlyList<ValueSuggestion>> StoredAsync(AppDbContext db, FieldSource source, string text, CancellationToken cancellationToken)
    {
        var frequent = await FrequentAsync(db, source, cancellationToken);
        List<ValueSuggestion> values = [.. frequent.Where(value => Has(value.Value, text)).Take(Most)];
        if (values.Count < Most && (text.Length > 0 || values.Count == 0) && StoredTexts.Of(db, source) is { } stored)
        {
            foreach (var value in await stored.BeginningWithAsync(text, Most, cancellationToken))
            {
                if (values.Count < Most && !values.Exists(known => string.Equals(known.Value, value, StringComparison.Ordinal)))
                {
                    values.Add(new ValueSuggestion(value, value, null));
                }
            }
        }

        return values;
    }

    private static async Task<List<ValueSuggestion>> FrequentAsync(AppDbContext db, FieldSource source, CancellationToken cancellationToken)
    {
        var (fieldIds, key) = (source.Rows.Select(row => row.Id).ToList(), source.Field.Key);
        IReadOnlyList<ValueStatistics> statistics = source.IsRows
            ? await db.FieldStatistics.AsNoTracking().Where(field => fieldIds.Contains(field.FieldId)).ToListAsync(cancellationToken)
            : await db.ColumnStatistics.AsNoTracking().Where(column => column.Key == key).ToListAsync(cancellationToken);
        return
        [
            .. statistics.SelectMany(field => FieldSpread.Of(field).TopValues).GroupBy(value => value.Value, StringComparer.Ordinal)
                .Select(group => new ValueSuggestion(group.Key, group.Key, group.Sum(value => value.Tickets))).OrderByDescending(value => value.Tickets),
        ];
    }

    private static bool Has(string value, string text) => value.Contains(text, StringComparison.OrdinalIgnoreCase);
}

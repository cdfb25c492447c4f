using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>A field that can be a column, over all instances that have it.</summary>
public sealed record FieldChoice(string Key, string DisplayName, bool IsCustom);

/// <summary>The fields that a ticket can have, for choosing columns: the standard ones, and the custom ones seen so far. What no instance stores is not among them.</summary>
public sealed class FieldList(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>Custom fields first, each by its display name.</summary>
    public async Task<IReadOnlyList<FieldChoice>> ReadAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instances = await db.Instances.CountAsync(cancellationToken);
        var fields = await db.MetadataFields.Select(field => new { field.Key, field.DisplayName, field.Storage }).ToListAsync(cancellationToken);

        // Of a standard field only those that somebody decided about have a row.
        var missing = fields.GroupBy(field => field.Key, StringComparer.Ordinal)
            .Where(same => same.All(field => field.Storage is not FieldStorage.Stored) && (FieldKey.IsCustomPath(same.Key) || same.Count() >= instances)).Select(same => same.Key).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. StandardFields.All.Select(field => new { Key = field.Key.Path, field.DisplayName, Storage = FieldStorage.Stored }).Concat(fields).GroupBy(field => field.Key, StringComparer.Ordinal)
                .Where(group => !missing.Contains(group.Key))
                .Select(group => new FieldChoice(group.Key, group.First().DisplayName, FieldKey.IsCustomPath(group.Key)))
                .OrderByDescending(field => field.IsCustom).ThenBy(field => field.DisplayName, StringComparer.CurrentCultureIgnoreCase),
        ];
    }
}

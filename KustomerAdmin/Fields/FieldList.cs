using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>A field that can be a column, over all instances that have it.</summary>
public sealed record FieldChoice(string Key, string DisplayName, bool IsCustom);

/// <summary>The fields that a ticket can have, for choosing columns: the standard ones, and the custom ones seen so far.</summary>
public sealed class FieldList(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>Custom fields first, each by its display name.</summary>
    public async Task<IReadOnlyList<FieldChoice>> ReadAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var fields = await db.MetadataFields.Select(field => new { field.Key, field.DisplayName }).ToListAsync(cancellationToken);
        return
        [
            .. StandardFields.All.Select(field => new { Key = field.Key.Path, field.DisplayName }).Concat(fields).GroupBy(field => field.Key, StringComparer.Ordinal)
                .Select(group => new FieldChoice(group.Key, group.First().DisplayName, group.Key.StartsWith(FieldKey.CustomPrefix, StringComparison.Ordinal)))
                .OrderByDescending(field => field.IsCustom).ThenBy(field => field.DisplayName, StringComparer.CurrentCultureIgnoreCase),
        ];
    }
}

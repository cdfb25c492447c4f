using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer.Models;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>Takes over what Kustomer's definitions say of custom fields: their names, and which of them there are.</summary>
internal static class Definitions
{
    private const int LongestDisplayName = 200;

    public static Task MergeAsync(AppDbContext db, long instanceId, IReadOnlyList<FieldDefinition> definitions, CancellationToken cancellationToken, long? epoch = null)
    {
        var defined = definitions.Where(static definition => FieldKey.IsName(definition.Name)).DistinctBy(static definition => definition.Name, StringComparer.Ordinal)
            .ToDictionary(static definition => FieldKey.Custom(definition.Name), static definition => definition);
        return db.TransactAsync(
            async cancellation =>
            {
                if (!await FieldCatalog.ClaimAsync(db, instanceId, cancellation, epoch))
                {
                    // Removed meanwhile, or the run was stopped.
                    return 0;
                }

                var catalog = await FieldCatalog.LoadAsync(db, instanceId, cancellation);
                await catalog.AddNewAsync(db, defined.Where(static pair => !pair.Value.IsDeleted).Select(static pair => pair.Key), cancellation);
                var byPath = defined.ToDictionary(static pair => pair.Key.Path, static pair => pair.Value, StringComparer.Ordinal);
                foreach (var field in await db.MetadataFields.Where(field => field.InstanceId == instanceId && field.Key.StartsWith(FieldKey.CustomPrefix)).ToListAsync(cancellation))
                {
                    Take(field, byPath.GetValueOrDefault(field.Key));
                }

                return await db.SaveChangesAsync(cancellation);
            },
            cancellationToken);
    }

    private static void Take(MetadataField field, FieldDefinition? definition)
    {
        field.IsDefined = definition is { IsDeleted: false };
        if (!string.IsNullOrWhiteSpace(definition?.DisplayName))
        {
            field.DisplayName = definition.DisplayName.Length > LongestDisplayName ? definition.DisplayName[..LongestDisplayName] : definition.DisplayName;
        }
    }
}

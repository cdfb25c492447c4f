using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>What would go if fields were excluded.</summary>
public sealed class ExclusionPreviews(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    public async Task<ExclusionPreview> ReadAsync(long instanceId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var values = await CountAsync(db, instanceId, keys, cancellationToken);
        var filters = await db.SavedFilters.Where(filter => filter.Fields.Any(field => keys.Contains(field.Key)))
            .OrderBy(filter => filter.Name).Select(filter => new { filter.Name, filter.IsShared, IsOwn = filter.OwnerId == actor.Id }).ToListAsync(cancellationToken);
        var visible = filters.Where(static filter => filter.IsShared || filter.IsOwn).Select(static filter => filter.Name).ToList();
        return new ExclusionPreview(values.Values.Sum(), visible, filters.Count - visible.Count);
    }

    /// <summary>Stored values by the field's key.</summary>
    internal static async Task<Dictionary<string, long>> CountAsync(AppDbContext db, long instanceId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var ids = await db.MetadataFields.Where(field => field.InstanceId == instanceId && keys.Contains(field.Key)).ToDictionaryAsync(field => field.Key, field => (int?)field.Id, StringComparer.Ordinal, cancellationToken);
        Dictionary<string, long> counts = new(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            counts[key] = await new FieldValues(db, instanceId, key, ids.GetValueOrDefault(key)).CountAsync(cancellationToken);
        }

        return counts;
    }
}

/// <param name="Values">Each field has one on a ticket.</param>
/// <param name="Filters">Saved filters that ask for one of the fields: shared ones and one's own.</param>
/// <param name="OthersFilters">How many private ones of others do.</param>
public sealed record ExclusionPreview(long Values, IReadOnlyList<string> Filters, int OthersFilters);

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Filtering;

/// <summary>Which instances have a field, for choosers of fields.</summary>
public sealed class FieldPlaces(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>Names of the instances by the field's key, for custom fields that not every instance has.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instances = await db.Instances.CountAsync(cancellationToken);
        if (instances < 2)
        {
            return new Dictionary<string, string>(StringComparer.Ordinal);
        }

        var places = await db.MetadataFields.Where(field => field.Storage == FieldStorage.Stored && field.Key.StartsWith(FieldKey.CustomPrefix))
            .Join(db.Instances, field => field.InstanceId, instance => instance.Id, (field, instance) => new { field.Key, instance.Name })
            .ToListAsync(cancellationToken);
        return places.GroupBy(place => place.Key, StringComparer.Ordinal).Where(group => group.Count() < instances)
            .ToDictionary(group => group.Key, group => string.Join(", ", group.Select(place => place.Name).Order(StringComparer.CurrentCultureIgnoreCase)), StringComparer.Ordinal);
    }
}

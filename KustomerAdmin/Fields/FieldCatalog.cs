using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer.Models;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>The metadata fields of one instance, for the length of one run.</summary>
internal sealed class FieldCatalog
{
    private readonly long _instanceId;
    private readonly Dictionary<string, MetadataField> _fields;

    private FieldCatalog(long instanceId, Dictionary<string, MetadataField> fields)
    {
        _instanceId = instanceId;
        _fields = fields;
    }

    /// <summary>Whether a custom field was met that Kustomer's definitions have not named yet.</summary>
    public bool HasUnnamedFields { get; private set; }

    public static async Task<FieldCatalog> LoadAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken) =>
        new(instanceId, await db.MetadataFields.AsNoTracking().Where(field => field.InstanceId == instanceId)
            .ToDictionaryAsync(field => field.Key, StringComparer.Ordinal, cancellationToken));

    public int IdOf(FieldKey key) => _fields[key.Path].Id;

    /// <summary>Adds the fields that are new, within the caller's transaction.</summary>
    public async Task AddNewAsync(AppDbContext db, IEnumerable<FieldKey> keys, CancellationToken cancellationToken)
    {
        var added = keys.Where(key => !_fields.ContainsKey(key.Path)).DistinctBy(key => key.Path, StringComparer.Ordinal)
            .Select(key => new MetadataField { InstanceId = _instanceId, Key = key.Path, Type = key.Type, DisplayName = StandardFields.DisplayNameOf(key) })
            .ToList();
        if (added.Count == 0)
        {
            return;
        }

        db.MetadataFields.AddRange(added);
        await db.SaveChangesAsync(cancellationToken);
        HasUnnamedFields |= added.Exists(field => field.Key.StartsWith(FieldKey.CustomPrefix, StringComparison.Ordinal));

        // Known only once the transaction holds; a rolled-back page loads a new catalog.
        added.ForEach(field => _fields[field.Key] = field);
    }

    /// <summary>Takes over the display names that Kustomer's definitions give.</summary>
    public async Task NameAsync(AppDbContext db, IReadOnlyList<FieldDefinition> definitions, CancellationToken cancellationToken)
    {
        var names = definitions.Where(definition => !string.IsNullOrWhiteSpace(definition.DisplayName))
            .ToDictionary(definition => FieldKey.CustomPrefix + definition.Name, definition => definition.DisplayName!, StringComparer.Ordinal);
        foreach (var field in await db.MetadataFields.Where(field => field.InstanceId == _instanceId).ToListAsync(cancellationToken))
        {
            if (names.TryGetValue(field.Key, out var name))
            {
                field.DisplayName = name.Length > 200 ? name[..200] : name;
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        HasUnnamedFields = false;
    }
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>The metadata fields of one instance and whether they may be stored, as they are within one transaction.</summary>
internal sealed class FieldCatalog
{
    private readonly long _instanceId;
    private readonly FieldStorage _newFields;
    private readonly Dictionary<string, MetadataField> _fields;

    private FieldCatalog(long instanceId, FieldStorage newFields, Dictionary<string, MetadataField> fields)
    {
        _instanceId = instanceId;
        _newFields = newFields;
        _fields = fields;
    }

    /// <summary>Whether a custom field was met that Kustomer's definitions have not named yet.</summary>
    public bool HasUnnamedFields { get; private set; }

    public bool IsEverythingStored => _fields.Values.All(static known => known.Storage is FieldStorage.Stored);

    /// <summary>Within the caller's transaction, which from here on has the instance's fields for itself: a decision about one comes before it or after it, never in between.</summary>
    public static async Task<FieldCatalog> LoadAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        await ClaimAsync(db, instanceId, cancellationToken);
        return new FieldCatalog(
            instanceId,
            await db.Instances.Where(instance => instance.Id == instanceId).Select(instance => instance.NewFields).FirstOrDefaultAsync(cancellationToken),
            await db.MetadataFields.AsNoTracking().Where(field => field.InstanceId == instanceId).ToDictionaryAsync(field => field.Key, StringComparer.Ordinal, cancellationToken));
    }

    /// <summary>
    /// Keeps everybody else from the instance's fields until the caller's transaction ends. SQLite has one writer anyway; SQL Server holds the row, and what is read afterwards is what stands when it is ours.
    /// </summary>
    /// <param name="epoch">The one under which a run writes; others need none.</param>
    /// <returns>False when the instance is gone, or its epoch is another.</returns>
    public static async Task<bool> ClaimAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken, long? epoch = null) =>
        await db.Instances.Where(instance => instance.Id == instanceId && (epoch == null || instance.Epoch == epoch)).ExecuteUpdateAsync(set => set.SetProperty(instance => instance.Epoch, instance => instance.Epoch), cancellationToken) > 0;

    /// <summary>The same, of all instances.</summary>
    public static Task<int> ClaimAllAsync(AppDbContext db, CancellationToken cancellationToken) =>
        db.Instances.ExecuteUpdateAsync(static set => set.SetProperty(static instance => instance.Epoch, static instance => instance.Epoch), cancellationToken);

    public int IdOf(FieldKey key) => _fields[key.Path].Id;

    /// <summary>False for what an admin excluded or has not decided about yet. What nobody decided about is stored.</summary>
    public bool IsStored(string key) => !_fields.TryGetValue(key, out var field) || field.Storage is FieldStorage.Stored;

    /// <summary>Adds the fields that are new, within the caller's transaction. A new custom one is stored or held back, as the instance is set.</summary>
    public async Task AddNewAsync(AppDbContext db, IEnumerable<FieldKey> keys, CancellationToken cancellationToken)
    {
        var added = keys.Where(key => !_fields.ContainsKey(key.Path)).DistinctBy(key => key.Path, StringComparer.Ordinal).Select(NewField).ToList();
        if (added.Count == 0)
        {
            return;
        }

        db.MetadataFields.AddRange(added);
        await db.SaveChangesAsync(cancellationToken);
        HasUnnamedFields |= added.Exists(static field => FieldKey.IsCustomPath(field.Key));
        added.ForEach(field => _fields[field.Key] = field);
    }

    private MetadataField NewField(FieldKey key) => new()
    {
        InstanceId = _instanceId,
        Key = key.Path,
        Type = key.Type,
        DisplayName = StandardFields.DisplayNameOf(key),
        Storage = key.IsCustom ? _newFields : FieldStorage.Stored,
    };
}

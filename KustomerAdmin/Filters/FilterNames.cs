using System.Globalization;
using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <summary>What people call the values that a filter has by their ids.</summary>
/// <param name="Instances">Names of the instances by their id, as a filter writes it.</param>
/// <param name="Tags">Names of the tags of all instances by their id; with the instance's where two have one of the same name.</param>
public sealed record FilterNames(IReadOnlyDictionary<string, string> Instances, IReadOnlyDictionary<string, string> Tags)
{
    public static readonly FilterNames None = new(new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));

    /// <returns>The value itself when it has no name.</returns>
    public string LabelOf(string field, string value) => field switch
    {
        OwnField.Instance => Instances.GetValueOrDefault(value) ?? value,
        OwnField.Tag => Tags.GetValueOrDefault(value) ?? value,
        _ => value,
    };

    internal static async Task<FilterNames> ReadAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        var instances = (await db.Instances.Select(instance => new { instance.Id, instance.Name }).ToListAsync(cancellationToken)).ToDictionary(instance => instance.Id, instance => instance.Name);

        // Kustomer's ids are unique among all organisations.
        var tags = (await db.TagNames.AsNoTracking().ToListAsync(cancellationToken)).DistinctBy(tag => tag.TagId, StringComparer.Ordinal).ToList();
        var shared = tags.CountBy(tag => tag.Name, StringComparer.OrdinalIgnoreCase).Where(name => name.Value > 1).Select(name => name.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new FilterNames(
            instances.ToDictionary(instance => instance.Key.ToString(CultureInfo.InvariantCulture), instance => instance.Value, StringComparer.Ordinal),
            tags.ToDictionary(tag => tag.TagId, tag => shared.Contains(tag.Name) ? $"{tag.Name} ({instances.GetValueOrDefault(tag.InstanceId)})" : tag.Name, StringComparer.Ordinal));
    }
}

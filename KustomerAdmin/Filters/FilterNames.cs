using System.Globalization;
using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <summary>What people call the values that a filter has by their ids. Tags have no names here: Kustomer's names of them are not stored.</summary>
/// <param name="Instances">Names of the instances by their id, as a filter writes it.</param>
public sealed record FilterNames(IReadOnlyDictionary<string, string> Instances)
{
    public static readonly FilterNames None = new(new Dictionary<string, string>(StringComparer.Ordinal));

    /// <returns>The value itself when it has no name.</returns>
    public string LabelOf(string field, string value) => string.Equals(field, OwnField.Instance, StringComparison.Ordinal) ? Instances.GetValueOrDefault(value) ?? value : value;

    internal static async Task<IReadOnlyDictionary<string, string>> InstancesAsync(AppDbContext db, CancellationToken cancellationToken) =>
        (await db.Instances.Select(instance => new { instance.Id, instance.Name }).ToListAsync(cancellationToken))
            .ToDictionary(instance => instance.Id.ToString(CultureInfo.InvariantCulture), instance => instance.Name, StringComparer.Ordinal);
}

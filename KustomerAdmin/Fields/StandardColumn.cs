using System.Reflection;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>The column of <see cref="TicketAttributes"/> that a standard field has; its property is named after the field's path.</summary>
public abstract class StandardColumn(FieldKey key, string displayName)
{
    /// <summary>In the order of <see cref="StandardFields"/>.</summary>
    public static readonly IReadOnlyList<StandardColumn> All = [.. StandardFields.All.Select(field => Of(field.Key, field.DisplayName))];

    public FieldKey Key { get; } = key;

    public string DisplayName { get; } = displayName;

    /// <summary><c>sla.breach.at</c> is <c>SlaBreachAt</c>.</summary>
    public static string PropertyOf(string path) => string.Concat(path.Split('.').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Takes the value out of a ticket that is not stored yet.</summary>
    public abstract void Clear(TicketAttributes attributes);

    /// <summary>Those of the stored rows that have a value.</summary>
    public abstract IQueryable<TicketAttributes> Filled(IQueryable<TicketAttributes> rows);

    /// <summary>Takes the value out of stored rows.</summary>
    public abstract Task<int> ClearAsync(IQueryable<TicketAttributes> rows, CancellationToken cancellationToken);

    private static StandardColumn Of(FieldKey key, string displayName)
    {
        var property = typeof(TicketAttributes).GetProperty(PropertyOf(key.Path)) ?? throw new InvalidOperationException($"The standard field {key.Path} has no column.");
        return key.Type switch
        {
            MetadataType.Text => new StandardColumn<string?>(key, displayName, property),
            MetadataType.Number => new StandardColumn<double?>(key, displayName, property),
            MetadataType.Date => new StandardColumn<DateTimeOffset?>(key, displayName, property),
            MetadataType.Boolean => new StandardColumn<bool?>(key, displayName, property),
        };
    }
}

/// <inheritdoc/>
public sealed class StandardColumn<T>(FieldKey key, string displayName, PropertyInfo property) : StandardColumn(key, displayName)
{
    private readonly string _name = property.Name;

    /// <summary>Compiled once: they run for every attribute of every ticket.</summary>
    public Func<TicketAttributes, T> Get { get; } = property.GetMethod!.CreateDelegate<Func<TicketAttributes, T>>();

    public Action<TicketAttributes, T> Set { get; } = property.SetMethod!.CreateDelegate<Action<TicketAttributes, T>>();

    public override void Clear(TicketAttributes attributes) => Set(attributes, default!);

    public override IQueryable<TicketAttributes> Filled(IQueryable<TicketAttributes> rows) => rows.Where(row => EF.Property<T>(row, _name) != null);

    public override Task<int> ClearAsync(IQueryable<TicketAttributes> rows, CancellationToken cancellationToken) =>
        rows.ExecuteUpdateAsync(set => set.SetProperty(row => EF.Property<T>(row, _name), default(T)!), cancellationToken);
}

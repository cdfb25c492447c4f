using System.Linq.Expressions;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <summary>Where the values of a field stand: in a column, in rows of metadata, or (a standard attribute with values that do not fit it) in both.</summary>
/// <param name="Column">Of the ticket, of its attributes or of its customer; null for fields that are rows alone, and for lists.</param>
/// <param name="Rows">The field in every instance that stores it.</param>
internal sealed record FieldSource(FilterField Field, LambdaExpression? Column, IReadOnlyList<StoredField> Rows)
{
    private static readonly List<(FilterField Field, LambdaExpression? Column)> s_columns =
    [
        .. OwnField.All.Select(own => (own.Field, own.Column)),
        .. StandardColumn.All.Select(column => (new FilterField(column.Key.Path, column.DisplayName, TypeOf(column.Key.Type), FilterFieldGroup.Standard), ColumnOf(column))),
    ];

    /// <summary>The entity whose column it is; null without one.</summary>
    public Type? Table => Column?.Parameters[0].Type;

    /// <summary>Whether its values are rows of metadata; otherwise they have a place of their own.</summary>
    public bool IsRows => Column is null && Field.Type is not FilterFieldType.List;

    /// <summary>An id that finds one ticket, or a column that has an index together with the usual order.</summary>
    public bool IsLeftToThePlanner => Field.Key is OwnField.Id or OwnField.Status or OwnField.Direction or OwnField.Instance or OwnField.Updated;

    /// <summary>All fields by their key.</summary>
    public static async Task<IReadOnlyDictionary<string, FieldSource>> ReadAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.MetadataFields.AsNoTracking().OrderBy(field => field.Id).ToListAsync(cancellationToken);
        return Of(rows, rows.Exists(field => field.Storage is not FieldStorage.Stored) ? await db.Instances.CountAsync(cancellationToken) : 0);
    }

    /// <param name="rows">The catalogue of all instances.</param>
    public static IReadOnlyDictionary<string, FieldSource> Of(IReadOnlyList<MetadataField> rows, int instances)
    {
        var byKey = rows.ToLookup(field => field.Key, StringComparer.Ordinal);
        var sources = s_columns.ToDictionary(
            column => column.Field.Key,
            column => new FieldSource(column.Field with { IsStored = IsStored(byKey[column.Field.Key], instances) }, column.Column, RowsOf(byKey[column.Field.Key])),
            StringComparer.Ordinal);
        foreach (var group in byKey.Where(group => !sources.ContainsKey(group.Key)))
        {
            sources[group.Key] = new FieldSource(
                new FilterField(group.Key, group.First().DisplayName, TypeOf([.. group.Select(field => field.Type).Distinct()]), FilterFieldGroup.Custom, group.Any(field => field.Storage is FieldStorage.Stored)),
                null,
                RowsOf(group));
        }

        return sources;
    }

    public static FilterFieldType TypeOf(MetadataType type) => type switch
    {
        MetadataType.Text => FilterFieldType.Text,
        MetadataType.Number => FilterFieldType.Number,
        MetadataType.Date => FilterFieldType.Date,
        MetadataType.Boolean => FilterFieldType.YesNo,
    };

    /// <summary>A field that is of one type here and of another there is asked as text, which any value can be written as.</summary>
    private static FilterFieldType TypeOf(IReadOnlyList<MetadataType> types) => types is [var only] ? TypeOf(only) : FilterFieldType.Text;

    /// <summary>A column has a row in the catalogue only where an admin decided about it, or where a value did not fit it.</summary>
    private static bool IsStored(IEnumerable<MetadataField> decided, int instances) =>
        decided.Count(field => field.Storage is not FieldStorage.Stored) is var without && (without == 0 || without < instances);

    private static IReadOnlyList<StoredField> RowsOf(IEnumerable<MetadataField> fields) =>
        [.. fields.Where(field => field.Storage is FieldStorage.Stored).Select(field => new StoredField(field.Id, field.Type))];

    private static LambdaExpression ColumnOf(StandardColumn column)
    {
        var attributes = Expression.Parameter(typeof(TicketAttributes), "attributes");
        return Expression.Lambda(Expression.Property(attributes, StandardColumn.PropertyOf(column.Key.Path)), attributes);
    }
}

/// <summary>A field in the catalogue of one instance.</summary>
internal sealed record StoredField(int Id, MetadataType Type);

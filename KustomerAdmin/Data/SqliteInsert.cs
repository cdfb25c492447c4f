using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace KustomerAdmin.Data;

/// <summary>
/// The insert statement of one entity, its values bound by place and without boxes. The ADO.NET command looks every parameter up by its
/// name at every execution and costs several times what SQLite needs for the row.
/// </summary>
internal sealed class SqliteInsert<T>
    where T : class
{
    private static SqliteInsert<T>? s_last;

    private readonly IEntityType _entity;
    private readonly string _sql;
    private readonly Action<SqliteStatement, int, T>[] _columns;
    private readonly Action<T, long>? _setKey;

    private SqliteInsert(IEntityType entity)
    {
        // A key that the database gives is left to it.
        var key = entity.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } only] ? only : null;
        var properties = entity.GetProperties().Where(property => property != key).ToList();
        _entity = entity;
        _sql = $"INSERT INTO \"{entity.GetTableName()}\" ({string.Join(", ", properties.Select(property => $"\"{property.GetColumnName()}\""))}) VALUES ({string.Join(", ", properties.Select((_, index) => $"?{index + 1}"))}){(key is null ? "" : $" RETURNING \"{key.GetColumnName()}\"")}";
        _columns = [.. properties.Select(property => BinderOf(property.PropertyInfo!))];
        _setKey = key?.PropertyInfo?.SetMethod?.CreateDelegate<Action<T, long>>();
    }

    public static SqliteInsert<T> For(IEntityType entity) => s_last is { } last && last._entity == entity ? last : s_last = new SqliteInsert<T>(entity);

    public void Run(SqliteConnection connection, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
    {
        using var statement = new SqliteStatement(connection, _sql);
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var index = 0; index < _columns.Length; index++)
            {
                _columns[index](statement, index + 1, row);
            }

            if (_setKey is null)
            {
                statement.Execute();
            }
            else
            {
                _setKey(row, statement.ExecuteForKey());
            }
        }
    }

    private static Action<SqliteStatement, int, T> BinderOf(PropertyInfo property)
    {
        if (property.PropertyType == typeof(string))
        {
            return Bind<string?>(static (statement, index, value) => statement.Bind(index, value));
        }

        if (property.PropertyType == typeof(long))
        {
            return Bind<long>(static (statement, index, value) => statement.Bind(index, value));
        }

        if (property.PropertyType == typeof(long?))
        {
            return Bind<long?>(static (statement, index, value) => statement.Bind(index, value));
        }

        if (property.PropertyType == typeof(int))
        {
            return Bind<int>(static (statement, index, value) => statement.Bind(index, value));
        }

        if (property.PropertyType == typeof(int?))
        {
            return Bind<int?>(static (statement, index, value) => statement.Bind(index, value));
        }

        if (property.PropertyType == typeof(double?))
        {
            return Bind<double?>(static (statement, index, value) => statement.Bind(index, value));
        }

        if (property.PropertyType == typeof(bool?))
        {
            return Bind<bool?>(static (statement, index, value) => statement.Bind(index, value switch { null => null, false => 0, true => 1 }));
        }

        // As SqliteAppDbContext stores moments.
        if (property.PropertyType == typeof(DateTimeOffset))
        {
            return Bind<DateTimeOffset>(static (statement, index, value) => statement.Bind(index, value.UtcTicks));
        }

        return property.PropertyType == typeof(DateTimeOffset?)
            ? Bind<DateTimeOffset?>(static (statement, index, value) => statement.Bind(index, value?.UtcTicks))
            : throw new NotSupportedException($"No bulk insert of a {property.PropertyType.Name} on SQLite ({property.DeclaringType?.Name}.{property.Name}).");

        Action<SqliteStatement, int, T> Bind<TValue>(Action<SqliteStatement, int, TValue> bind)
        {
            var get = property.GetMethod!.CreateDelegate<Func<T, TValue>>();
            return (statement, index, row) => bind(statement, index, get(row));
        }
    }
}

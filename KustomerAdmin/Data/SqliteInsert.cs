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
    /// <summary>Of one statement; preparing longer ones costs more than they save.</summary>
    private const int MostParameters = 1_000;

    private static SqliteInsert<T>? s_last;

    private readonly IEntityType _entity;
    private readonly string _insert;
    private readonly string _values;
    private readonly string? _returning;
    private readonly Action<SqliteStatement, int, T>[] _columns;
    private readonly Action<T, long>? _setKey;

    private SqliteInsert(IEntityType entity)
    {
        // A key that the database gives is left to it.
        var key = entity.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } only] ? only : null;
        var properties = entity.GetProperties().Where(property => property != key).ToList();
        _entity = entity;
        _insert = $"INSERT INTO \"{entity.GetTableName()}\" ({string.Join(", ", properties.Select(property => $"\"{property.GetColumnName()}\""))}) VALUES ";
        _values = $"({string.Join(", ", properties.Select(_ => "?"))})";
        _returning = key is null ? null : $" RETURNING \"{key.GetColumnName()}\"";
        _columns = [.. properties.Select(property => BinderOf(property.PropertyInfo!))];
        _setKey = key?.PropertyInfo?.SetMethod?.CreateDelegate<Action<T, long>>();
    }

    public static SqliteInsert<T> For(IEntityType entity) => s_last is { } last && last._entity == entity ? last : s_last = new SqliteInsert<T>(entity);

    public void Run(SqliteConnection connection, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
    {
        // A statement opens the table and each of its indexes: many rows share one. The keys of many would come back in no promised order.
        var atOnce = _setKey is null ? Math.Max(1, MostParameters / _columns.Length) : 1;
        SqliteStatement? statement = null;
        var prepared = 0;
        try
        {
            foreach (var some in rows.Chunk(atOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (some.Length != prepared)
                {
                    statement?.Dispose();
                    statement = new SqliteStatement(connection, Sql(prepared = some.Length));
                }

                Insert(statement!, some);
            }
        }
        finally
        {
            statement?.Dispose();
        }
    }

    private string Sql(int rows) => _insert + string.Join(", ", Enumerable.Repeat(_values, rows)) + _returning;

    private void Insert(SqliteStatement statement, T[] rows)
    {
        var place = 1;
        foreach (var row in rows)
        {
            foreach (var bind in _columns)
            {
                bind(statement, place++, row);
            }
        }

        if (_setKey is null)
        {
            statement.Execute();
        }
        else
        {
            _setKey(rows[0], statement.ExecuteForKey());
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

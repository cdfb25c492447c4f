using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace KustomerAdmin.Data;

/// <summary>
/// Inserts many rows of one entity past the change tracker, in the open transaction: a prepared statement on SQLite, a bulk copy on SQL Server.
/// For the sync's writer, where tracking a page's values costs several times what storing them does; everything else saves through the context.
/// </summary>
public static class BulkInsert
{
    public static async Task BulkInsertAsync<T>(this AppDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        if (rows.Count == 0)
        {
            return;
        }

        var entity = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not part of the model.");
        var columns = entity.GetProperties().Select(property => new Column(property)).ToArray();
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        switch (db.Database.GetDbConnection())
        {
            case SqliteConnection sqlite:
                Insert(sqlite, (SqliteTransaction?)transaction, entity.GetTableName()!, columns, rows, cancellationToken);
                break;
            case SqlConnection server:
                await CopyAsync(server, (SqlTransaction?)transaction, entity.GetTableName()!, columns, rows, cancellationToken);
                break;
            case var other:
                throw new NotSupportedException($"No bulk insert for {other.GetType().Name}.");
        }
    }

    private static void Insert<T>(SqliteConnection connection, SqliteTransaction? transaction, string table, Column[] columns, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;

        // Names of the model's own tables and columns; values are parameters.
        command.CommandText = $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, index) => $"@p{index}"))})";
        var parameters = columns.Select((_, index) => command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{index}" })).ToArray();
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var index = 0; index < columns.Length; index++)
            {
                parameters[index].Value = columns[index].ValueOf(row) ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    private static async Task CopyAsync<T>(SqlConnection connection, SqlTransaction? transaction, string table, Column[] columns, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        using var data = new DataTable();
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints, transaction) { DestinationTableName = $"[{table}]" };
        foreach (var column in columns)
        {
            data.Columns.Add(column.Name, column.Type);
            copy.ColumnMappings.Add(column.Name, column.Name);
        }

        foreach (var row in rows)
        {
            data.Rows.Add(Array.ConvertAll(columns, column => column.ValueOf(row) ?? DBNull.Value));
        }

        await copy.WriteToServerAsync(data, cancellationToken);
    }

    private sealed class Column(IProperty property)
    {
        private readonly IClrPropertyGetter _getter = property.GetGetter();
        private readonly Func<object?, object?>? _convert = property.GetTypeMapping().Converter?.ConvertToProvider;

        public string Name { get; } = property.GetColumnName();

        public Type Type { get; } = Nullable.GetUnderlyingType(property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType)
            ?? property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;

        public object? ValueOf(object row)
        {
            var value = _getter.GetClrValue(row);
            return value is null || _convert is null ? value : _convert(value);
        }
    }
}

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

        switch (db.Database.GetDbConnection())
        {
            case SqliteConnection sqlite:
                SqliteInsert<T>.For(EntityOf<T>(db)).Run(sqlite, rows, cancellationToken);
                break;
            case SqlConnection server:
                await CopyAsync(server, (SqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction(), EntityOf<T>(db), rows, cancellationToken);
                break;
            case var other:
                throw new NotSupportedException($"No bulk insert for {other.GetType().Name}.");
        }
    }

    /// <summary>Inserts rows whose key the database gives, and sets it on them. SQL Server tells the keys of a bulk copy to nobody, so it saves them through the context.</summary>
    public static async Task InsertWithKeysAsync<T>(this AppDbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        if (db.Database.IsSqlite())
        {
            await db.BulkInsertAsync(rows, cancellationToken);
            return;
        }

        db.AddRange(rows);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private static IEntityType EntityOf<T>(AppDbContext db) =>
        db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not part of the model.");

    private static async Task CopyAsync<T>(SqlConnection connection, SqlTransaction? transaction, IEntityType entity, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var columns = entity.GetProperties().Select(property => new Column(property)).ToArray();
        using var data = new DataTable();
        using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.CheckConstraints, transaction) { DestinationTableName = $"[{entity.GetTableName()}]" };
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

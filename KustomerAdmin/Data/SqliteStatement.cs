using Microsoft.Data.Sqlite;

namespace KustomerAdmin.Data;

/// <summary>A prepared statement whose values are bound by place, from 1.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;

    public SqliteStatement(SqliteConnection connection, SqliteTransaction? transaction, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.Transaction = transaction;
        _command.CommandText = sql;
        for (var index = 1; index <= parameters; index++)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = $"?{index}" });
        }
    }

    public void Bind(int index, string? text) => _command.Parameters[index - 1].Value = text ?? (object)DBNull.Value;

    public void Bind(int index, long? number) => _command.Parameters[index - 1].Value = number ?? (object)DBNull.Value;

    public void Bind(int index, double? number) => _command.Parameters[index - 1].Value = number ?? (object)DBNull.Value;

    public void Execute() => _command.ExecuteNonQuery();

    public long ExecuteForKey() => (long)_command.ExecuteScalar()!;

    public void Dispose() => _command.Dispose();
}

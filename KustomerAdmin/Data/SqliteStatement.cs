using System.Text;
using Microsoft.Data.Sqlite;

namespace KustomerAdmin.Data;

/// <summary>A prepared statement whose values are bound by place, from 1; what is not bound anew keeps its value.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, string sql) : IDisposable
{
    private readonly IDisposable _statement = SqliteNative.Prepare(connection, sql);
    private byte[] _text = new byte[1024];

    public void Bind(int index, string? text)
    {
        if (text is null)
        {
            Check(SqliteNative.BindNull(null, _statement, index));
        }
        else if (text.Length == 0)
        {
            Check(SqliteNative.BindText(null, _statement, index, text));
        }
        else
        {
            var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
            if (_text.Length < longest)
            {
                _text = new byte[longest];
            }

            Check(SqliteNative.BindText(null, _statement, index, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text))));
        }
    }

    public void Bind(int index, long? number) =>
        Check(number is { } value ? SqliteNative.BindInteger(null, _statement, index, value) : SqliteNative.BindNull(null, _statement, index));

    public void Bind(int index, double? number) =>
        Check(number is { } value ? SqliteNative.BindReal(null, _statement, index, value) : SqliteNative.BindNull(null, _statement, index));

    public void Execute()
    {
        var answer = SqliteNative.Step(null, _statement);
        _ = SqliteNative.Reset(null, _statement);
        if (answer != SqliteNative.Done)
        {
            throw SqliteNative.Refused(answer);
        }
    }

    /// <summary>The key that the statement returns.</summary>
    public long ExecuteForKey()
    {
        var answer = SqliteNative.Step(null, _statement);
        var key = answer == SqliteNative.Row ? SqliteNative.Integer(null, _statement, 0) : 0;
        answer = answer == SqliteNative.Row ? SqliteNative.Step(null, _statement) : answer;
        _ = SqliteNative.Reset(null, _statement);
        return answer == SqliteNative.Done ? key : throw SqliteNative.Refused(answer);
    }

    public void Dispose() => _statement.Dispose();

    private static void Check(int answer)
    {
        if (answer != 0)
        {
            throw SqliteNative.Refused(answer);
        }
    }
}

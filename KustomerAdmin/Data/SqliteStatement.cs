using System.Text;
using Microsoft.Data.Sqlite;

namespace KustomerAdmin.Data;

/// <summary>A prepared statement whose values are bound by place, from 1, and hold for one execution; what is not bound is null.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, string sql) : IDisposable
{
    private readonly IDisposable _statement = SqliteNative.Prepare(connection, sql);
    private byte[] _text = new byte[1024];

    public void Bind(int index, string? text)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length == 0)
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

    public void Bind(int index, long? number)
    {
        if (number is { } value)
        {
            Check(SqliteNative.BindInteger(null, _statement, index, value));
        }
    }

    public void Bind(int index, double? number)
    {
        if (number is { } value)
        {
            Check(SqliteNative.BindReal(null, _statement, index, value));
        }
    }

    public void Execute()
    {
        var answer = SqliteNative.Step(null, _statement);
        Reset();
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
        Reset();
        return answer == SqliteNative.Done ? key : throw SqliteNative.Refused(answer);
    }

    public void Dispose() => _statement.Dispose();

    private void Reset()
    {
        _ = SqliteNative.Reset(null, _statement);
        Check(SqliteNative.ClearBindings(null, _statement));
    }

    private static void Check(int answer)
    {
        if (answer != 0)
        {
            throw SqliteNative.Refused(answer);
        }
    }
}

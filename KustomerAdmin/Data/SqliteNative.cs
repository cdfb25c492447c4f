using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace KustomerAdmin.Data;

/// <summary>
/// The functions of SQLite that the provider itself calls (https://www.sqlite.org/c3ref/intro.html), on the provider's own connection. They are
/// named by text because the type that a connection's handle has belongs to the provider's library, which this project does not reference.
/// </summary>
internal static class SqliteNative
{
    public const int Done = 101;
    public const int Row = 100;

    private const int StepsBetweenQuestions = 20_000;
    private const string Functions = "SQLitePCL.raw, SQLitePCLRaw.core";
    private const string Statement = "SQLitePCL.sqlite3_stmt, SQLitePCLRaw.core";

    private static readonly PropertyInfo s_handle = typeof(SqliteConnection).GetProperty("Handle")!;
    private static readonly MethodInfo s_prepare = s_handle.PropertyType.Assembly.GetType("SQLitePCL.raw", throwOnError: true)!
        .GetMethod("sqlite3_prepare_v2", [s_handle.PropertyType, typeof(string), s_handle.PropertyType.Assembly.GetType("SQLitePCL.sqlite3_stmt", throwOnError: true)!.MakeByRefType()])!;

    private static readonly Type s_question = s_handle.PropertyType.Assembly.GetType("SQLitePCL.delegate_progress", throwOnError: true)!;
    private static readonly MethodInfo s_ask = s_handle.PropertyType.Assembly.GetType("SQLitePCL.raw", throwOnError: true)!
        .GetMethod("sqlite3_progress_handler", [s_handle.PropertyType, typeof(int), s_question, typeof(object)])!;
    private static readonly Delegate s_isCancelled = Delegate.CreateDelegate(s_question, typeof(SqliteNative).GetMethod(nameof(IsCancelled), BindingFlags.NonPublic | BindingFlags.Static)!);

    /// <summary>
    /// Statements of the connection stop once it is cancelled; a token that never is takes that back. SQLite asks while it works, about every millisecond:
    /// unlike an interrupt, that finds a statement that begins in this moment too.
    /// </summary>
    public static void StopWhen(SqliteConnection connection, CancellationToken cancellationToken) =>
        s_ask.Invoke(null, cancellationToken.CanBeCanceled ? [s_handle.GetValue(connection), StepsBetweenQuestions, s_isCancelled, cancellationToken] : [s_handle.GetValue(connection), 0, null, null]);

    /// <summary>A statement, to be disposed.</summary>
    public static IDisposable Prepare(SqliteConnection connection, string sql)
    {
        object?[] arguments = [s_handle.GetValue(connection), sql, null];
        var answer = (int)s_prepare.Invoke(null, arguments)!;
        return answer == 0 ? (IDisposable)arguments[2]! : throw Refused(answer);
    }

    public static SqliteException Refused(int answer) => new($"SQLite refused a row or its statement (error {answer}).", answer & 0xFF, answer);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sqlite3_bind_int64")]
    public static extern int BindInteger([UnsafeAccessorType(Functions)] object? functions, [UnsafeAccessorType(Statement)] object statement, int index, long value);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sqlite3_bind_double")]
    public static extern int BindReal([UnsafeAccessorType(Functions)] object? functions, [UnsafeAccessorType(Statement)] object statement, int index, double value);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sqlite3_bind_text")]
    public static extern int BindText([UnsafeAccessorType(Functions)] object? functions, [UnsafeAccessorType(Statement)] object statement, int index, string value);

    /// <summary>UTF-8, copied by SQLite. An empty one would be bound as null.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sqlite3_bind_text")]
    public static extern int BindText([UnsafeAccessorType(Functions)] object? functions, [UnsafeAccessorType(Statement)] object statement, int index, ReadOnlySpan<byte> value);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sqlite3_step")]
    public static extern int Step([UnsafeAccessorType(Functions)] object? functions, [UnsafeAccessorType(Statement)] object statement);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sqlite3_reset")]
    public static extern int Reset([UnsafeAccessorType(Functions)] object? functions, [UnsafeAccessorType(Statement)] object statement);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sqlite3_clear_bindings")]
    public static extern int ClearBindings([UnsafeAccessorType(Functions)] object? functions, [UnsafeAccessorType(Statement)] object statement);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sqlite3_column_int64")]
    public static extern long Integer([UnsafeAccessorType(Functions)] object? functions, [UnsafeAccessorType(Statement)] object statement, int column);

    private static int IsCancelled(object token) => ((CancellationToken)token).IsCancellationRequested ? 1 : 0;
}

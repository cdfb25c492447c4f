using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

/// <summary>
/// Reads that may take seconds, for somebody who must go on meanwhile. SQLite's provider answers on the thread that asks, whatever its methods are called,
/// and hears of no cancellation: a circuit that asked it would show nothing and hear no button until the answer is there.
/// </summary>
internal static class LongRead
{
    /// <summary>Reads on a thread of its own; a read that is cancelled ends at once. Who may ask has been checked before: nothing of the circuit is known there.</summary>
    public static Task<T> ReadAsync<T>(this IDbContextFactory<AppDbContext> contexts, Func<AppDbContext, Task<T>> read, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            try
            {
                return db.Database.GetDbConnection() is SqliteConnection connection ? await ReadAsync(db, connection, read, cancellationToken) : await read(db);
            }
            catch (Exception exception) when (exception is not OperationCanceledException && cancellationToken.IsCancellationRequested)
            {
                // Each provider has an exception of its own for a query that was stopped.
                throw new OperationCanceledException("The read was cancelled.", exception, cancellationToken);
            }
        },
        cancellationToken);

    private static async Task<T> ReadAsync<T>(AppDbContext db, SqliteConnection connection, Func<AppDbContext, Task<T>> read, CancellationToken cancellationToken)
    {
        // One connection from the first query to the last, and it goes back to its pool as it came.
        await db.Database.OpenConnectionAsync(cancellationToken);
        SqliteNative.StopWhen(connection, cancellationToken);
        try
        {
            return await read(db);
        }
        finally
        {
            SqliteNative.StopWhen(connection, CancellationToken.None);
        }
    }
}

using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

public static class Erasure
{
    private const int Tries = 5;

    /// <summary>A log that somebody else folds just now refuses at once instead of waiting.</summary>
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// After a secret was removed: SQLite's write-ahead log still holds the page with it until it is folded into the file, which
    /// <c>secure_delete</c> then overwrites. A reader in the way gets a second to end; one that reads for longer leaves it to the next erasure, which comes within a day.
    /// </summary>
    public static async Task EraseTracesAsync(this AppDbContext db, CancellationToken cancellationToken)
    {
        for (var tries = 1; !await db.TryEraseTracesAsync(cancellationToken) && tries < Tries; tries++)
        {
            await Task.Delay(s_betweenTries, cancellationToken);
        }
    }

    /// <summary>The same, where it matters to know that it is done: a reader in the way gets a moment to end.</summary>
    /// <returns>False when one was in the way still.</returns>
    public static async Task<bool> TryEraseTracesAsync(this AppDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
        {
            return true;
        }

        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout = 200", cancellationToken);
            return (await db.Database.SqlQueryRaw<int>("PRAGMA wal_checkpoint(TRUNCATE)").ToListAsync(cancellationToken))[0] == 0;
        }
        finally
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout = 0", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }
}

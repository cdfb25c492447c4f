using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

public static class WriteAheadLog
{
    /// <summary>As large as <c>journal_size_limit</c> lets the file stay.</summary>
    public const long LongestBytes = 64 * 1024 * 1024;

    /// <summary>
    /// Folds SQLite's write-ahead log into the database once it has grown long. SQLite does so by itself only in a moment without readers: with a list that is
    /// always being read it would grow for as long as a sync writes. This waits a moment for those that read; who begins meanwhile is not in the way.
    /// </summary>
    public static async Task FoldLogAsync(this AppDbContext db, CancellationToken cancellationToken, long longestBytes = LongestBytes)
    {
        if (db.Database.IsSqlite() && new FileInfo(db.Database.GetDbConnection().DataSource + "-wal") is { Exists: true } log && log.Length > longestBytes)
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA busy_timeout = 1000; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 0;", cancellationToken);
        }
    }
}

using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

public static class Erasure
{
    /// <summary>
    /// After a secret was removed: SQLite's write-ahead log still holds the page with it until it is folded into the file, which
    /// <c>secure_delete</c> then overwrites. Where a reader is in the way the next erasure does it.
    /// </summary>
    public static async Task EraseTracesAsync(this AppDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellationToken);
        }
    }
}

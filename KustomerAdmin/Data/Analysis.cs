using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

public static class Analysis
{
    /// <summary>
    /// Tells SQLite's planner how large its tables are. Without that it takes an index with a filter for a small one and scans a million tickets through it.
    /// Limited, it reads the beginning of each index and is done in a fraction of a second. SQL Server sees to it by itself.
    /// </summary>
    public static async Task AnalyzeAsync(this AppDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA analysis_limit = 100000; ANALYZE;", cancellationToken);
        }
    }
}

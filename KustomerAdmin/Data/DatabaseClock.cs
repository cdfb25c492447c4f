using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Data;

/// <summary>
/// The clock that all consoles on one database agree on: SQL Server's own. SQLite serves one console, so there it is the console's.
/// </summary>
public sealed class DatabaseClock(TimeProvider time)
{
    public async Task<DateTimeOffset> NowAsync(AppDbContext db, CancellationToken cancellationToken) => db.Database.IsSqlServer()
        ? new DateTimeOffset(await db.Database.SqlQueryRaw<DateTime>("SELECT SYSUTCDATETIME() AS Value").SingleAsync(cancellationToken), TimeSpan.Zero)
        : time.GetUtcNow();
}

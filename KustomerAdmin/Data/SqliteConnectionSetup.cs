using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace KustomerAdmin.Data;

/// <summary>Settings that SQLite keeps per connection. Write-ahead log: readers do not wait for the sync's writer.</summary>
internal sealed class SqliteConnectionSetup : DbConnectionInterceptor
{
    // FULL: a committed cursor survives a power cut. secure_delete: an erased credential leaves no copy on its page.
    // foreign_keys: the library's own default differs from build to build; our deletes take the rows that hang on a row with them.
    // Cache and mapped pages count as the console's memory, whatever the size of the database; the operating system keeps the rest of the file at hand.
    private static readonly string s_settings =
        $"""
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        PRAGMA foreign_keys = OFF;
        PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -{SqlitePageCache.Kilobytes};
        PRAGMA mmap_size = 0;
        PRAGMA journal_size_limit = 67108864;
        """;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = s_settings;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = s_settings;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

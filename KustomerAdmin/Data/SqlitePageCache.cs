using System.Runtime.InteropServices;

namespace KustomerAdmin.Data;

/// <summary>
/// One page cache for all connections of the process (https://www.sqlite.org/malloc.html). By itself SQLite gives each connection its own and takes it
/// from the C library page by page, and glibc keeps what is freed apart for every thread: a console that syncs for long grows by the cache several times over.
/// </summary>
internal static class SqlitePageCache
{
    /// <summary>Resident once the database is as large.</summary>
    public const int Kilobytes = 14 * 1024;

    private const int PageSize = 4096;
    private const int Slots = Kilobytes * 1024 / PageSize;

    /// <summary>https://www.sqlite.org/c3ref/c_config_covering_index_scan.html</summary>
    private const int PageCache = 7;

    private const int PageHeaderSize = 24;

    private static readonly Lazy<bool> s_isShared = new(Provide);

    /// <returns>False where it is too late, as SQLite was used before, or another system than Linux; each connection has its own cache then.</returns>
    public static bool Share() => s_isShared.Value;

    private static bool Provide()
    {
        // The function takes any number of arguments; not every system passes them as it does a fixed number.
        if (!OperatingSystem.IsLinux() || Configure(PageHeaderSize, out var header) != 0)
        {
            return false;
        }

        // SQLite wants it aligned to eight bytes. It stays as long as the process.
        var slot = (PageSize + header + 7) & ~7;
        var memory = Marshal.AllocHGlobal(slot * Slots);
        if (Configure(PageCache, memory, slot, Slots) == 0)
        {
            return true;
        }

        Marshal.FreeHGlobal(memory);
        return false;
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_config")]
    private static extern int Configure(int option, out int answer);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_config")]
    private static extern int Configure(int option, nint memory, int slot, int slots);
}

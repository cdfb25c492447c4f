using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KustomerAdmin.Compat;

/// <summary>
/// Loads the system's SQLite (Debian: libsqlite3-0) instead of the 3.35.5 inside SQLitePCLRaw 2.0.6,
/// which is taken only where the system has none or one older than 3.38.
/// </summary>
internal static partial class SystemSqlite
{
    private const string Mark = "KustomerAdmin.SystemSqlite";
    private const int OldestAccepted = 3_038_000;
    private static int s_registered;

#pragma warning disable CA2255 // It must run before SQLite is first called; only a module initializer does.
    [ModuleInitializer]
    internal static void Prefer()
    {
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), Find);

        // The provider's, too. Several of our assemblies carry this file; the first wins, a second resolver would throw.
        var provider = Assembly.Load("SQLitePCLRaw.provider.e_sqlite3");
        if (Interlocked.Exchange(ref s_registered, 1) == 1 || AppContext.GetData(Mark) is not null)
        {
            return;
        }

        AppContext.SetData(Mark, "registered");
        NativeLibrary.SetDllImportResolver(provider, Find);
    }
#pragma warning restore CA2255

    private static nint Find(string name, Assembly assembly, DllImportSearchPath? search) => string.Equals(name, "e_sqlite3", StringComparison.Ordinal) ? Find() : 0;

    private static nint Find()
    {
        foreach (var candidate in (string[])["libsqlite3.so.0", "libsqlite3.dylib"])
        {
            if (!NativeLibrary.TryLoad(candidate, out var library))
            {
                continue;
            }

            if (NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var version)
                && Marshal.GetDelegateForFunctionPointer<VersionNumber>(version)() >= OldestAccepted)
            {
                return library;
            }

            NativeLibrary.Free(library);
        }

        return 0;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int VersionNumber();
}

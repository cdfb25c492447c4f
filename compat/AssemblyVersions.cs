using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace KustomerAdmin.Compat;

/// <summary>Answers a reference to a newer version of the listed assemblies with the one that is there.</summary>
internal static class AssemblyVersions
{
    private static readonly string[] s_names = ["SQLitePCLRaw.core", "AngleSharp.Diffing"];

#pragma warning disable CA2255 // It must run before the first method that touches these assemblies is compiled; only a module initializer does.
    [ModuleInitializer]
    internal static void Accept() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        name.Version is not null && s_names.Contains(name.Name, StringComparer.Ordinal)
            ? context.LoadFromAssemblyName(new AssemblyName(name.Name!))
            : null;
#pragma warning restore CA2255
}

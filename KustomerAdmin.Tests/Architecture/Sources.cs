using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace KustomerAdmin.Tests.Architecture;

/// <summary>The console's own source files.</summary>
internal static partial class Sources
{
    /// <summary>Folders of the console from left to right; each may use only what stands to its left.</summary>
    public static readonly string[] Map = ["Kustomer", "Data", "Controls", "Audit", "Identity", "Usage", "Integrations", "Problems", "Fields", "Filters", "Sync", "Tickets", "Shell"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "KustomerAdmin"));

    /// <summary>All files of these endings, without those that tools generate.</summary>
    public static IEnumerable<SourceFile> All(params string[] endings) =>
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(path => new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), path))
            .Where(file => endings.Any(ending => file.Name.EndsWith(ending, StringComparison.Ordinal))
                && !file.Name.StartsWith("bin/", StringComparison.Ordinal) && !file.Name.StartsWith("obj/", StringComparison.Ordinal)
                && !file.Name.Contains("/Migrations/", StringComparison.Ordinal));

    /// <summary>Folders of the map that a source names, by using them or by a full name.</summary>
    public static IEnumerable<string> FoldersNamedIn(string source) =>
        FolderName().Matches(source).Select(match => match.Groups["folder"].Value).Distinct(StringComparer.Ordinal);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"\bKustomerAdmin\.(?<folder>[A-Z][A-Za-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FolderName();
}

/// <param name="Name">From the console's folder, with slashes.</param>
internal sealed record SourceFile(string Name, string Path)
{
    /// <summary>The folder of the map; empty for the files beside them.</summary>
    public string Folder => Name.Split('/') is [var folder, _, ..] ? folder : "";

    public string Text => File.ReadAllText(Path);

    public int Lines => File.ReadLines(Path).Count();

    public bool IsComponent => Name.EndsWith(".razor", StringComparison.Ordinal) || Name.EndsWith(".razor.cs", StringComparison.Ordinal);
}

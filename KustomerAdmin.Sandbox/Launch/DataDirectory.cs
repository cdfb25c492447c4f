using System.Globalization;
using System.Text.Json;

namespace KustomerAdmin.Sandbox.Launch;

/// <summary>Where the console keeps its database, and the sandbox the instant its data was laid out from.</summary>
internal static class DataDirectory
{
    private static readonly TimeSpan s_longestReuse = TimeSpan.FromDays(60);

    public static string Find(string? asked)
    {
        var directory = asked ?? Path.Combine(RepositoryRoot() ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "KustomerAdmin"), "data");
        return Directory.CreateDirectory(Path.GetFullPath(directory)).FullName;
    }

    /// <summary>
    /// Ids tell when their record was created. Were the data laid out from every start anew, the console would keep the tickets of
    /// the last start beside those of this one.
    /// </summary>
    public static DateTimeOffset Anchor(string directory, LaunchOptions options, TimeProvider clock)
    {
        var path = Path.Combine(directory, "sandbox.json");
        var now = clock.GetUtcNow();
        var layout = string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}, {options.Tickets} tickets");
        if (Remembered(path) is { } last && string.Equals(last.Layout, layout, StringComparison.Ordinal) && last.Anchor <= now && now - last.Anchor < s_longestReuse)
        {
            return last.Anchor;
        }

        File.WriteAllText(path, JsonSerializer.Serialize(new Memory(layout, now)));
        return now;
    }

    private static Memory? Remembered(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Memory>(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? RepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "KustomerAdmin.sln")))
            {
                return directory.FullName;
            }
        }

        return null;
    }

    private sealed record Memory(string Layout, DateTimeOffset Anchor);
}

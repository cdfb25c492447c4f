using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>A data directory that is prepared once and copied for each simulation; in memory where the system offers that.</summary>
internal sealed class SimulatedDatabase : IAsyncDisposable
{
    public const string AdminId = "the-admin";
    public const string AdminStamp = "the-stamp";

    private readonly DirectoryInfo _root = NewRoot();
    private int _copies;

    private string Template => Path.Combine(_root.FullName, "template");

    public static async Task<SimulatedDatabase> CreateAsync()
    {
        var database = new SimulatedDatabase();
        var settings = WorldSettings.Draw(0);
        var clock = new SimulatedClock();
        using var nobody = new ModelKustomer(settings, clock);
        await using var console = SimulatedConsole.Start(database.Template, clock, nobody, new BudgetWatch(clock, static _ => { }), TimeSpan.FromMinutes(15));
        await console.PrepareAsync();
        await console.StoredAsync(async db =>
        {
            db.Users.Add(new AdminUser { Id = AdminId, UserName = "admin@example.com", SecurityStamp = AdminStamp });
            return await db.SaveChangesAsync();
        });
        return database;
    }

    /// <summary>A fresh copy, in a directory of its own.</summary>
    public string Copy()
    {
        var copy = Path.Combine(_root.FullName, $"copy-{Interlocked.Increment(ref _copies)}");
        foreach (var file in Directory.EnumerateFiles(Template, "*", SearchOption.AllDirectories).Where(static file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public ValueTask DisposeAsync()
    {
        _root.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static DirectoryInfo NewRoot() =>
        Directory.Exists("/dev/shm") ? Directory.CreateDirectory(Path.Combine("/dev/shm", "kadm-simulation-" + Guid.NewGuid().ToString("n"))) : Directory.CreateTempSubdirectory("kadm-simulation-");
}

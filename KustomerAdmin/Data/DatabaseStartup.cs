using KustomerAdmin.Data.Entities;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Data;

/// <summary>Brings database and key file into the state that the console needs, or says why it cannot.</summary>
public sealed class DatabaseStartup(IOptions<DataOptions> options, IDbContextFactory<AppDbContext> contexts, KeyFile keyFile, DatabaseClock clock) : IDisposable
{
    private static readonly Version s_oldestSqlite = new(3, 38);
    private FileStream? _onlyProcess;

    /// <exception cref="StartupException">What is wrong, and what to do.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            CreateForThisAccountOnly(options.Value.Directory);
            CreateForThisAccountOnly(options.Value.KeyDirectory);
            if (options.Value.KnownProvider is DatabaseProvider.Sqlite)
            {
                ClaimDirectory();
                CheckSqlite();
            }

            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Database.MigrateAsync(cancellationToken);
            await LoadKeyAsync(db, cancellationToken);
            await CloseInterruptedRunsAsync(db, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The data directory {options.Value.Directory} cannot be used: {exception.Message} Set {DataOptions.DirectoryKey} to a directory that the console may write to.", exception);
        }
    }

    public void Dispose() => _onlyProcess?.Dispose();

    private static void CreateForThisAccountOnly(string directory) =>
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(directory)
            : Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private void ClaimDirectory()
    {
        try
        {
            _onlyProcess = new FileStream(Path.Combine(options.Value.Directory, "console.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StartupException($"Another console is running on the data directory {options.Value.Directory}. SQLite serves one console at a time: stop the other one, set {DataOptions.DirectoryKey} to another directory, or use SQL Server.", exception);
        }
    }

    private static void CheckSqlite()
    {
        Version version;
        try
        {
            SqlitePageCache.Share();
            using var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            version = Version.Parse(connection.ServerVersion);
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or SqliteException)
        {
            throw new StartupException("SQLite was not found on this system. Install it (Debian: apt-get install libsqlite3-0), or use SQL Server.", exception);
        }

        if (version < s_oldestSqlite)
        {
            throw new StartupException($"This system's SQLite is {version}; {s_oldestSqlite} or newer is needed. Install it (Debian 12 and newer: apt-get install libsqlite3-0), or use SQL Server.");
        }
    }

    private async Task LoadKeyAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        List<string> envelopes =
        [
            .. await db.Instances.Where(instance => instance.KeyEnvelope != null).Select(instance => instance.KeyEnvelope!).ToListAsync(cancellationToken),
            .. await db.Instances.Where(instance => instance.OldKeyEnvelope != null).Select(instance => instance.OldKeyEnvelope!).ToListAsync(cancellationToken),
            .. await db.NotificationTargets.Where(target => target.SecretEnvelope != null).Select(target => target.SecretEnvelope!).ToListAsync(cancellationToken),
        ];
        keyFile.Load(mayCreate: envelopes.Count == 0);
        if (envelopes.Find(envelope => !string.Equals(SecretBox.KeyIdOf(envelope), keyFile.Id, StringComparison.Ordinal)) is { } foreign)
        {
            throw new StartupException($"The key file {keyFile.FilePath} holds key {keyFile.Id}, but stored credentials are encrypted with key {SecretBox.KeyIdOf(foreign)}. Put the right file back from your backup.");
        }
    }

    /// <summary>
    /// A run that was under way when its process ended is not running any more; the next one continues at its cursor, at once. SQLite serves
    /// this process only, so all of its runs have ended; on SQL Server those whose lease another console has let expire.
    /// </summary>
    private async Task CloseInterruptedRunsAsync(AppDbContext db, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(db, cancellationToken);
        var isAlone = db.Database.IsSqlite();
        await db.Instances.Where(instance => instance.LeaseOwner != null && (isAlone || instance.LeaseExpiresAt <= now))
            .ExecuteUpdateAsync(set => set.SetProperty(instance => instance.LeaseOwner, (string?)null).SetProperty(instance => instance.LeaseExpiresAt, (DateTimeOffset?)null), cancellationToken);
        await db.SyncRuns.Where(run => run.Outcome == RunOutcome.Running && !db.Instances.Any(instance => instance.Id == run.InstanceId && instance.LeaseOwner != null))
            .ExecuteUpdateAsync(set => set
                .SetProperty(run => run.Outcome, RunOutcome.Cancelled)
                .SetProperty(run => run.EndedAt, run => run.EndedAt ?? now)
                .SetProperty(run => run.Note, SyncRun.Interrupted), cancellationToken);
        await db.Instances.Where(instance => instance.LeaseOwner == null && (instance.Run == RunState.Syncing || instance.Run == RunState.Waiting))
            .ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.Run, RunState.Idle)
                .SetProperty(instance => instance.WaitingUntil, (DateTimeOffset?)null)
                .SetProperty(instance => instance.NextRunAt, now), cancellationToken);
    }
}

using System.Runtime.InteropServices;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests.Data;

public sealed class PreparingTheDatabaseTests : IDisposable
{
    /// <summary>https://www.sqlite.org/c3ref/c_status_malloc_count.html</summary>
    private const int PageCacheUsed = 1;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("kustomeradmin-");

    private string KeyPath => Path.Combine(_directory.FullName, "keys", "credentials.key");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task KeyFile_FirstStart_IsCreatedForThisAccountAloneAndKept()
    {
        await PrepareAsync();
        var first = await File.ReadAllTextAsync(KeyPath);
        await PrepareAsync();

        Convert.FromBase64String(first.Trim()).Length.ShouldBe(32);
        (await File.ReadAllTextAsync(KeyPath)).ShouldBe(first);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task KeyFile_MissingWhileCredentialsAreStored_StopsTheStartAndCreatesNone()
    {
        await StoreACredentialAsync();
        File.Delete(KeyPath);

        var exception = await Should.ThrowAsync<StartupException>(() => PrepareAsync());

        exception.Message.ShouldContain(KeyPath);
        File.Exists(KeyPath).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task KeyFile_MissingWhileOtherSecretsAreStored_StopsTheStart(bool isOldKey)
    {
        await PrepareAsync(async db =>
        {
            var instance = new Instance { Name = "Acme", Subdomain = "acme", CreatedAt = default, OldKeyEnvelope = isOldKey ? _envelope!("old") : null };
            db.Instances.Add(instance);
            await db.SaveChangesAsync();
            db.NotificationTargets.Add(new NotificationTarget { InstanceId = instance.Id, Kind = NotificationKind.Webhook, Address = "https://example.com/", SecretEnvelope = isOldKey ? null : _envelope!("signs") });
            await db.SaveChangesAsync();
        });
        File.Delete(KeyPath);

        (await Should.ThrowAsync<StartupException>(() => PrepareAsync())).Message.ShouldContain(KeyPath);
    }

    [Fact]
    public async Task KeyFile_OfAnotherConsole_StopsTheStart()
    {
        await StoreACredentialAsync();
        await File.WriteAllTextAsync(KeyPath, Convert.ToBase64String(new byte[32]));

        (await Should.ThrowAsync<StartupException>(() => PrepareAsync())).Message.ShouldContain("Put the right file back");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not Base64 at all!")]
    [InlineData("c2hvcnQ=")]
    public async Task KeyFile_HoldsNoKey_StopsTheStart(string content)
    {
        await PrepareAsync();
        await File.WriteAllTextAsync(KeyPath, content);

        (await Should.ThrowAsync<StartupException>(() => PrepareAsync())).Message.ShouldContain("does not hold a key");
        (await File.ReadAllTextAsync(KeyPath)).ShouldBe(content);
    }

    [Fact]
    public async Task Directory_OfARunningConsole_IsRefusedToASecondOne()
    {
        await using var first = Services();
        await first.GetRequiredService<DatabaseStartup>().PrepareAsync(CancellationToken.None);

        (await Should.ThrowAsync<StartupException>(() => PrepareAsync())).Message.ShouldContain("Another console is running");
    }

    [Fact]
    public async Task Run_UnderWayWhenTheConsoleDied_IsClosedAtTheNextStart()
    {
        await PrepareAsync(async db =>
        {
            var instance = new Instance { Name = "Acme", Subdomain = "acme", CreatedAt = default, Run = RunState.Waiting, WaitingUntil = DateTimeOffset.UnixEpoch, LeaseOwner = "the one that died", LeaseExpiresAt = DateTimeOffset.MaxValue };
            db.Instances.Add(instance);
            await db.SaveChangesAsync();
            db.SyncRuns.Add(new SyncRun { InstanceId = instance.Id, StartedAt = default });
            await db.SaveChangesAsync();
        });

        await PrepareAsync(async db =>
        {
            (await db.SyncRuns.SingleAsync()).Outcome.ShouldBe(RunOutcome.Cancelled);
            (await db.Instances.SingleAsync()).ShouldSatisfyAllConditions(
                instance => instance.Run.ShouldBe(RunState.Idle),
                instance => instance.WaitingUntil.ShouldBeNull(),
                instance => (instance.LeaseOwner, instance.LeaseExpiresAt).ShouldBe((null, null), "nobody else can hold it on SQLite"));
        });
    }

    [Fact]
    public async Task File_Prepared_ErasesWhatIsDeletedAndWritesAhead() => await PrepareAsync(async db =>
    {
        (await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync()).ShouldBe("wal");
        (await db.Database.SqlQueryRaw<int>("SELECT secure_delete AS Value FROM pragma_secure_delete").SingleAsync()).ShouldBe(1);
    });

    [Fact]
    public async Task Pages_OfAPreparedFile_LieInTheOneCacheOfTheProcess() => await PrepareAsync(async db =>
    {
        await db.Instances.AnyAsync();

        SqliteStatus(PageCacheUsed, out var used, out _, reset: 0).ShouldBe(0);
        (used > 0).ShouldBe(OperatingSystem.IsLinux());
    });

    [Fact]
    public async Task File_OfThePreviousRelease_IsBroughtUpToDateAndKeepsWhatItHolds()
    {
        await using (var services = Services())
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
            await db.GetService<IMigrator>().MigrateAsync("SyncToBetOn");
            await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO Instances (Id, Name, Subdomain, Credential, Run, TicketCount, RequestCount, RateShare, Failures, Epoch, CreatedAt) VALUES (1, 'Acme', 'acme', 'Connected', 'Idle', 1, 0, 50, 0, 0, 0);
                INSERT INTO Tickets (Id, InstanceId, KustomerId, UpdatedAt, ContentHash, DeletedAt) VALUES (1, 1, 'a1', 5, 0, NULL), (2, 1, 'a2', 6, 0, 7);
                INSERT INTO MetadataFields (Id, InstanceId, "Key", DisplayName, Type) VALUES (1, 1, 'custom.tierStr', 'Tier', 'Text');
                INSERT INTO TicketMetadata (TicketId, FieldId, TextValue) VALUES (1, 1, 'gold');
                INSERT INTO TicketAttributes (TicketId, Queue) VALUES (1, 'general');
                """);
        }

        await PrepareAsync(async db =>
        {
            (await db.Tickets.OrderByDescending(ticket => ticket.UpdatedAt).Where(ticket => ticket.DeletedAt == null).Select(ticket => ticket.Id).ToListAsync()).ShouldBe([1]);
            (await db.TicketMetadata.SingleAsync()).TextValue.ShouldBe("gold");
            (await db.TicketAttributes.SingleAsync(attributes => attributes.Queue == "general")).TicketId.ShouldBe(1);
            (await db.MetadataFields.SingleAsync()).Storage.ShouldBe(FieldStorage.Stored);
            (await db.Instances.SingleAsync()).NewFields.ShouldBe(FieldStorage.Stored);
            (await db.Database.GetPendingMigrationsAsync()).ShouldBeEmpty();
        });
    }

    [Fact]
    public async Task Log_GrownLongWhileSomebodyRead_IsFoldedOnceTheyHaveRead() => await PrepareAsync(async db =>
    {
        const int Longest = 20_000;
        // Another test clears the pools of the process; SQLite deletes the log with its last connection.
        await db.Database.OpenConnectionAsync();
        var log = new FileInfo(Path.Combine(_directory.FullName, "kustomeradmin.db-wal"));
        await using (var services = Services())
        {
            await using var reader = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
            await reader.Database.OpenConnectionAsync();
            await reader.Database.ExecuteSqlRawAsync("BEGIN DEFERRED; SELECT * FROM Instances;");
            for (var number = 0; number < 10; number++)
            {
                db.Instances.Add(new Instance { Name = $"{number}", Subdomain = $"s{number}", CreatedAt = default });
                await db.SaveChangesAsync();
            }

            await db.FoldLogAsync(CancellationToken.None, Longest);
            log.Refresh();
            log.Length.ShouldBeGreaterThan(Longest, "what somebody reads must stay");
            await reader.Database.ExecuteSqlRawAsync("ROLLBACK");
        }

        await db.FoldLogAsync(CancellationToken.None, Longest);

        log.Refresh();
        log.Length.ShouldBe(0);
    });

    private Task StoreACredentialAsync() => PrepareAsync(
        async db =>
        {
            db.Instances.Add(new Instance { Name = "Acme", Subdomain = "acme", CreatedAt = default, KeyEnvelope = _envelope!("secret") });
            await db.SaveChangesAsync();
        });

    private Func<string, string>? _envelope;

    private async Task PrepareAsync(Func<AppDbContext, Task>? work = null)
    {
        await using var services = Services();
        await services.GetRequiredService<DatabaseStartup>().PrepareAsync(CancellationToken.None);
        _envelope = secret => services.GetRequiredService<SecretBox>().Seal(secret, new SecretPlace(1, "api-key", "acme"));
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        await (work?.Invoke(db) ?? Task.CompletedTask);
    }

    private ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(DataOptions.DirectoryKey, _directory.FullName)]).Build();
        return new ServiceCollection().AddSingleton(TimeProvider.System).AddData(configuration).BuildServiceProvider();
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_status")]
    private static extern int SqliteStatus(int what, out int current, out int highest, int reset);
}

using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Sync.Statistics;
using KustomerAdmin.Sync.Storing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Benchmarks;

/// <summary>The console's database with invented tickets, kept in the temporary directory for the next run.</summary>
internal static class FilterDatabase
{
    /// <summary>One ticket of so many was deleted in Kustomer.</summary>
    public const int DeletedEvery = 200;

    private const int TicketsInTransaction = 5_000;

    /// <returns>The data directory.</returns>
    public static async Task<string> PrepareAsync(int count)
    {
        var directory = await DirectoryAsync(count);
        if (Directory.Exists(directory))
        {
            return directory;
        }

        var unfinished = directory + "-unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        var watch = Stopwatch.StartNew();
        await using (var services = Services(unfinished))
        {
            await services.GetRequiredService<DatabaseStartup>().PrepareAsync(CancellationToken.None);
            var contexts = services.GetRequiredService<IDbContextFactory<AppDbContext>>();
            await using var db = await contexts.CreateDbContextAsync();
            await FillAsync(db, count);
            var measuring = Stopwatch.GetTimestamp();
            await new StatisticsKeeper(contexts, TimeProvider.System).KeepAsync(instanceId: 1, CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"statistics measured in {Stopwatch.GetElapsedTime(measuring).TotalSeconds:N1} s"));
        }

        SqliteConnection.ClearAllPools();
        Directory.Move(unfinished, directory);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} tickets made in {watch.Elapsed.TotalSeconds:N0} s: {directory}"));
        return directory;
    }

    private static async Task<string> DirectoryAsync(int count)
    {
        await using var services = Services(Path.GetTempPath());
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var schema = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(db.Database.GenerateCreateScript())))[..12];
        return Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"kustomeradmin-filters-{count}-{schema}-{SampleTickets.Version}"));
    }

    private static ServiceProvider Services(string directory) => new ServiceCollection().AddSingleton(TimeProvider.System)
        .AddData(new ConfigurationBuilder().AddInMemoryCollection([new(DataOptions.DirectoryKey, directory)]).Build())
        .BuildServiceProvider();

    private static async Task FillAsync(AppDbContext db, int count)
    {
        await db.Database.OpenConnectionAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous = OFF; PRAGMA cache_size = -262144;");
        var indexes = await DropIndexesAsync(db);

        var instance = new Instance { Name = "Acme", Subdomain = "acme", Credential = CredentialState.Connected, CreatedAt = SampleTickets.End.AddYears(-2), HistoryDoneAt = SampleTickets.End, SyncCursor = SampleTickets.End, TicketCount = count - (count / DeletedEvery) };
        db.Instances.Add(instance);
        await db.SaveChangesAsync();
        db.SyncRuns.Add(new SyncRun { InstanceId = instance.Id, Kind = RunKind.FirstLoad, StartedAt = SampleTickets.End, EndedAt = SampleTickets.End, Outcome = RunOutcome.Succeeded, Added = count });
        await db.SaveChangesAsync();
        var customers = await AddCustomersAsync(db, instance.Id, SampleTickets.Customers(count));
        var catalog = await FieldCatalog.LoadAsync(db, instance.Id, CancellationToken.None);
        await catalog.AddNewAsync(db, SampleField.All.Select(field => field.Key), CancellationToken.None);
        for (var first = 0; first < count; first += TicketsInTransaction)
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            PageOfRows rows = new(catalog, SampleTickets.End);
            for (var number = first; number < Math.Min(first + TicketsInTransaction, count); number++)
            {
                rows.Add(instance.Id, SampleTickets.Make(number, count), known: null);
            }

            await rows.SaveAsync(db, customers, CancellationToken.None);
            await transaction.CommitAsync();
        }

        await db.Tickets.Where(ticket => ticket.Id % DeletedEvery == 0).ExecuteUpdateAsync(set => set
            .SetProperty(ticket => ticket.DeletedAt, SampleTickets.End).SetProperty(ticket => ticket.MissingSince, SampleTickets.End));
        foreach (var index in indexes)
        {
            await db.Database.ExecuteSqlRawAsync(index);
        }

        await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// <returns>The statements that build them again.</returns>
    private static async Task<List<string>> DropIndexesAsync(AppDbContext db)
    {
        // What tells a ticket or a customer apart stays: it is looked up while they are stored.
        var indexes = await db.Database.SqlQueryRaw<string>("SELECT sql AS Value FROM sqlite_master WHERE type = 'index' AND sql NOT LIKE 'CREATE UNIQUE%' AND tbl_name LIKE 'Ticket%'").ToListAsync();
        foreach (var index in indexes)
        {
#pragma warning disable EF1002 // The schema itself says the name.
            await db.Database.ExecuteSqlRawAsync($"DROP INDEX \"{index.Split('"')[1]}\"");
#pragma warning restore EF1002
        }

        return indexes;
    }

    private static async Task<Dictionary<string, long>> AddCustomersAsync(AppDbContext db, long instanceId, int count)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var random = new Random(count);
        var customers = Enumerable.Range(0, count).Select(number => new Customer { InstanceId = instanceId, KustomerId = SampleTickets.CustomerOf(number), ConversationCount = 1 + SampleField.Skewed(random, 60) }).ToList();
        await db.InsertWithKeysAsync(customers, CancellationToken.None);
        await transaction.CommitAsync();
        return customers.ToDictionary(customer => customer.KustomerId, customer => customer.Id, StringComparer.Ordinal);
    }
}

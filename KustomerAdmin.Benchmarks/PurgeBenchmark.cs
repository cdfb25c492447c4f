using System.Diagnostics;
using System.Globalization;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Benchmarks;

/// <summary>How long it takes until an excluded field is gone, and what an admin who works meanwhile waits for a list and for something to be saved.</summary>
internal static class PurgeBenchmark
{
    /// <summary>Every ticket has the first, with one of few values, which lie together in its index; 700,000 of a million have the second, with one of thousands.</summary>
    private static readonly string[] s_fields = ["custom.tierStr", "custom.productStr"];

    private static readonly TicketQuery[] s_lists =
    [
        new TicketQuery(),
        new TicketQuery { Filter = new FilterGroup(false, [new FilterCondition("status", FilterOperator.Is, ["open"])]) },
        new TicketQuery { Filter = new FilterGroup(false, [new FilterCondition("custom.orderValueNum", FilterOperator.Between, ["300", "400"])]), SortKey = "custom.orderValueNum" },
    ];

    public static async Task RunAsync(int tickets)
    {
        var directory = Directory.CreateTempSubdirectory("kustomeradmin-benchmark-");
        try
        {
            Copy(new DirectoryInfo(await FilterDatabase.PrepareAsync(tickets)), directory);
            await MeasureAsync(directory.FullName, tickets);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(string directory, int tickets)
    {
        await using var console = await ConsoleHost.StartAsync(new Uri("http://127.0.0.1:9"), directory);
        await using var circuit = await console.SignInAsync();
        var (search, decisions) = (circuit.ServiceProvider.GetRequiredService<TicketSearch>(), circuit.ServiceProvider.GetRequiredService<FieldDecisions>());
        await ReadAsync(search, new Stopwatches());
        var slowest = (Values: 0L, Seconds: 0.0, Reading: 0.0);
        foreach (var field in s_fields)
        {
            var (values, seconds, reading) = await MeasureAsync(console, search, decisions, field);
            slowest = seconds > slowest.Seconds ? (values, seconds, Math.Max(reading, slowest.Reading)) : (slowest.Values, slowest.Seconds, Math.Max(reading, slowest.Reading));
        }

        Say($"purge: {slowest.Values:N0} values in {slowest.Seconds:N1} s, page and count p95 {slowest.Reading:N0} ms meanwhile, at {tickets:N0} tickets");
    }

    private static async Task<(long Values, double Seconds, double Reading)> MeasureAsync(ConsoleHost console, TicketSearch search, FieldDecisions decisions, string field)
    {
        Stopwatches reading = new(), writing = new();
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        if (await decisions.ExcludeAsync(instanceId: 1, [field], CancellationToken.None) is { } refusal)
        {
            throw new InvalidOperationException(refusal);
        }

        var purge = await PurgeAsync(console);
        for (var isHeldBack = true; purge.EndedAt is null; isHeldBack = !isHeldBack)
        {
            await ReadAsync(search, reading);
            var decided = isHeldBack;
            await writing.MeasureAsync(counts: true, () => decisions.SetNewFieldsAsync(instanceId: 1, decided, CancellationToken.None));
            purge = await PurgeAsync(console);
        }

        var (seconds, used) = (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        Say($"{field,-20} {purge.Removed,9:N0} values {seconds,6:N1} s {used,6:N1} s of CPU; meanwhile page and count p50 {reading.Timing.P50:N0}, p95 {reading.Timing.P95:N0} ms; a decision saved p50 {writing.Timing.P50:N0}, p95 {writing.Timing.P95:N0} ms");
        return (purge.Removed, seconds, reading.Timing.P95);
    }

    private static async Task ReadAsync(TicketSearch search, Stopwatches watch)
    {
        var viewer = new ViewerTime(SampleTickets.End, TimeZoneInfo.Utc);
        foreach (var list in s_lists)
        {
            await watch.MeasureAsync(counts: true, async () =>
            {
                await search.ReadPageAsync(list with { Columns = FilterQuery.Columns }, viewer, CancellationToken.None);
                await search.CountAsync(list, viewer, isExact: false, CancellationToken.None);
            });
        }
    }

    private static async Task<FieldPurge> PurgeAsync(ConsoleHost console)
    {
        await using var db = await console.OpenAsync();
        return await db.FieldPurges.AsNoTracking().OrderByDescending(purge => purge.Id).FirstAsync();
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.GetFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var part in from.GetDirectories())
        {
            Copy(part, to.CreateSubdirectory(part.Name));
        }
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

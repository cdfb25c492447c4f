using System.Diagnostics;
using System.Globalization;
using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Benchmarks;

/// <summary>What a first sync costs, beside the bare floor: the same rows by prepared statements and nothing else.</summary>
internal static class SyncBenchmark
{
    public static async Task RunAsync(SyncOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("kustomeradmin-benchmark-");
        try
        {
            await MeasureAsync(options, directory.FullName);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(SyncOptions options, string directory)
    {
        using var sandbox = await SandboxProcess.StartAsync(options, directory);
        var (run, rateLimited, seconds, cpu, peak) = await SyncAsync(sandbox, directory);
        if (run.Outcome is not RunOutcome.Succeeded)
        {
            throw new InvalidOperationException($"The sync failed: {run.Note}");
        }

        var (tickets, floor) = Floor.Measure(Path.Combine(directory, "kustomeradmin.db"), Path.Combine(directory, "floor.db"));
        var rate = run.Added / seconds;
        var requests = run.Requests * 1000.0 / run.Added;
        Say($"{run.Added:N0} tickets in {seconds:N2} s, {run.Requests} requests, {cpu:N2} s of CPU, {rateLimited} answers 429, waited {run.WaitedMilliseconds / 1000.0:N1} s; floor: {tickets / floor:N0} tickets/s");
        Say($"sync: {rate:N0} tickets/s, {requests:N2} requests/1000, {cpu * 1000 / run.Added:N3} ms CPU/ticket, {peak:N0} MB, {rate * floor / tickets:P0} of floor");
    }

    private static async Task<(SyncRun Run, int RateLimited, double Seconds, double Cpu, double Peak)> SyncAsync(SandboxProcess sandbox, string directory)
    {
        await using var console = await ConsoleHost.StartAsync(sandbox.Address, directory);

        // The small organisation first: what is measured is syncing, not compiling.
        await console.SyncAsync(await console.ConnectAsync("globex", await sandbox.KeyAsync("globex")));
        var acme = await console.ConnectAsync("acme", await sandbox.KeyAsync("acme"));

        using var self = Process.GetCurrentProcess();
        var before = self.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var run = await console.SyncAsync(acme);
        watch.Stop();
        self.Refresh();
        return (run, await console.RateLimitedAsync(acme), watch.Elapsed.TotalSeconds, (self.TotalProcessorTime - before).TotalSeconds, self.PeakWorkingSet64 / 1024.0 / 1024.0);
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

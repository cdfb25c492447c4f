using System.Diagnostics;
using System.Globalization;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Benchmarks;

/// <summary>What opening a ticket costs beyond the slowest of its requests, by the ledger: reading what is stored, the audit entry, composing.</summary>
internal static class ViewerBenchmark
{
    private const int Views = 25;

    public static async Task RunAsync(SyncOptions options)
    {
        var directory = Directory.CreateTempSubdirectory("kustomeradmin-benchmark-");
        try
        {
            using var sandbox = await SandboxProcess.StartAsync(options, directory.FullName);
            await using var console = await ConsoleHost.StartAsync(sandbox.Address, directory.FullName);
            var instance = await console.ConnectAsync("acme", await sandbox.KeyAsync("acme"));
            await console.SyncAsync(instance);
            await using var circuit = await console.SignInAsync();
            await MeasureAsync(console, circuit.ServiceProvider);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(ConsoleHost console, IServiceProvider circuit)
    {
        await using var db = await console.OpenAsync();
        var usual = await db.Tickets.Where(ticket => ticket.MessageCount > 0 && ticket.MessageCount <= 100 && ticket.CustomerId != null && ticket.DeletedAt == null)
            .OrderByDescending(ticket => ticket.Id).Select(ticket => ticket.Id).Take(3 * Views).ToListAsync();
        var longest = await db.Tickets.OrderByDescending(ticket => ticket.MessageCount).Select(ticket => ticket.Id).FirstAsync();

        // What is measured is opening, not compiling.
        foreach (var ticketId in usual.Take(Views))
        {
            await OpenAsync(console, circuit, ticketId, isCold: true);
        }

        var cold = await OpenAllAsync(console, circuit, usual.Skip(Views).Take(Views), isCold: true);
        await OpenAsync(console, circuit, usual[0], isCold: false);
        await OpenAsync(console, circuit, usual[1], isCold: false);
        var warm = await OpenAllAsync(console, circuit, usual.Skip(2 * Views), isCold: false);
        var all = await OpenAsync(console, circuit, longest, isCold: false);

        Say("names to be asked for", cold);
        Say("names remembered", warm);
        Line($"longest thread: {all.Messages:N0} messages in {all.Took:N0} ms, {all.Requests} requests, the slowest {all.Slowest} ms");
        Line($"viewer: {Over(cold, 0.95):N0} ms over the slowest request, {cold.Max(view => view.Requests)} requests");
    }

    private static async Task<List<View>> OpenAllAsync(ConsoleHost console, IServiceProvider circuit, IEnumerable<long> ticketIds, bool isCold)
    {
        List<View> views = [];
        foreach (var ticketId in ticketIds)
        {
            views.Add(await OpenAsync(console, circuit, ticketId, isCold));
        }

        return views;
    }

    private static async Task<View> OpenAsync(ConsoleHost console, IServiceProvider circuit, long ticketId, bool isCold)
    {
        if (isCold)
        {
            circuit.GetRequiredService<TicketCatalogs>().ForgetAll();
        }

        var viewer = circuit.GetRequiredService<TicketViewer>();
        var meter = new TicketMeter(TimeProvider.System);
        var watch = Stopwatch.StartNew();
        var ticket = await viewer.FindAsync(ticketId, CancellationToken.None) ?? throw new InvalidOperationException("The ticket is gone.");
        var view = await viewer.OpenAsync(ticket, meter, onProgress: null, CancellationToken.None);
        watch.Stop();
        if (view.Failed.Count > 0)
        {
            throw new InvalidOperationException($"{view.Failed[0]} could not be read: {view.Of(view.Failed[0]).Problem}");
        }

        await circuit.GetRequiredService<RequestLedger>().FlushAsync(CancellationToken.None);
        await using var db = await console.OpenAsync();
        var slowest = await db.KustomerRequests.Where(request => request.TicketId == ticketId && request.Purpose == RequestPurpose.OpenedTicket)
            .OrderByDescending(request => request.Id).Take(meter.Sent).MaxAsync(request => request.Milliseconds);
        return new View(watch.Elapsed.TotalMilliseconds, slowest, meter.Sent, view.Messages.Value!.Count);
    }

    private static void Say(string what, List<View> views)
    {
        Line($"{what}: {views.Count} views, over the slowest request {Over(views, 0.5):N0} ms (median), {Over(views, 0.95):N0} ms (95th percentile), {Over(views, 1):N0} ms (worst); {views.Min(view => view.Requests)} to {views.Max(view => view.Requests)} requests");
    }

    /// <summary>One view in a hundred waits for whatever else the machine does.</summary>
    private static double Over(List<View> views, double share) => views.Select(view => view.Over).Order().ElementAt((int)(share * (views.Count - 1)));

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record View(double Took, int Slowest, int Requests, int Messages)
    {
        public double Over => Math.Max(0, Took - Slowest);
    }
}

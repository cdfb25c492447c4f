using System.Diagnostics;
using System.Globalization;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Searching;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Benchmarks;

/// <summary>What it costs to find tickets among many, through the console's own search and by SQL written by hand, in one run and on the same rows.</summary>
internal sealed class FilterBenchmark(FilterOptions options, ConsoleHost console)
{
    private const int WarmUps = 3;

    /// <summary>
    /// Milliseconds. SQL by hand that needs less is taken for this long: the console checks its admin, opens two contexts and makes objects, which is the
    /// same for every question and would be all that the ratio of a quick one tells.
    /// </summary>
    private const double Imperceptible = 10;

    private static readonly ViewerTime s_viewer = new(SampleTickets.End, TimeZoneInfo.Utc);
    private readonly IReadOnlyList<FilterQuery> _queries = FilterQuery.All(options.Tickets);

    public static async Task RunAsync(FilterOptions options)
    {
        var directory = await FilterDatabase.PrepareAsync(options.Tickets);
        await using var console = await ConsoleHost.StartAsync(new Uri("http://127.0.0.1:9"), directory);
        await new FilterBenchmark(options, console).MeasureAsync();
    }

    private async Task MeasureAsync()
    {
        await using var circuit = await console.SignInAsync();
        await using var db = await console.OpenAsync();
        await db.Database.OpenConnectionAsync();
        var fields = await db.MetadataFields.ToDictionaryAsync(field => field.Key, field => field.Id, StringComparer.Ordinal);
        var byHand = new HandWritten((SqliteConnection)db.Database.GetDbConnection(), fields);
        var opened = await MeasureOpeningAsync();
        var resting = Memory();

        Say($"{"page and count, milliseconds",-36} {"p50",7} {"p95",7} {"CPU",7} | {"by hand",7} {"p95",7} {"CPU",7} | {"ratio",6} |  {"tickets",7}");
        var worst = (P95: 0.0, Ratio: 0.0);
        foreach (var query in _queries)
        {
            var (own, hand, tickets) = await MeasureAsync(query, circuit.ServiceProvider.GetRequiredService<TicketSearch>(), byHand);
            var ratio = own.P50 / Math.Max(hand.P50, Imperceptible);
            worst = (Math.Max(worst.P95, own.P95), Math.Max(worst.Ratio, ratio));
            Say($"{query.Name,-36} {own.P50,7:N1} {own.P95,7:N1} {own.Cpu,7:N1} | {hand.P50,7:N1} {hand.P95,7:N1} {hand.Cpu,7:N1} | {ratio,6:N2} |  {tickets,7:N0}");
        }

        var suggestions = await MeasureSuggestionsAsync(circuit.ServiceProvider.GetRequiredService<ValueSuggestions>());
        var (writing, pages) = await MeasureWhileWritingAsync(circuit.ServiceProvider.GetRequiredService<TicketSearch>());
        Say($"/tickets opened: {opened.P50:N0} ms, p95 {opened.P95:N0}; values suggested: p95 {suggestions:N1} ms; while {pages:N1} pages/s of 500 changed tickets are committed: p95 {writing:N1} ms");
        Say($"memory: {resting:N0} MB at rest, {Memory():N0} MB after all; a ratio takes SQL by hand for {Imperceptible:N0} ms where it needs less");
        Say($"filters: worst p95 {worst.P95:N1} ms, worst ratio {worst.Ratio:N2} over {_queries.Count} queries at {options.Tickets:N0} tickets");
    }

    /// <summary>All that the page asks before it shows its first rows.</summary>
    private async Task<Timing> MeasureOpeningAsync()
    {
        Stopwatches watch = new();
        for (var run = 0; run < options.Runs + WarmUps; run++)
        {
            await using var circuit = await console.SignInAsync();
            var services = circuit.ServiceProvider;
            await watch.MeasureAsync(run >= WarmUps, async () =>
            {
                await services.GetRequiredService<FilterFields>().ReadAsync(CancellationToken.None);
                await services.GetRequiredService<TicketSearch>().ReadPageAsync(new TicketQuery(), s_viewer, CancellationToken.None);
            });
        }

        return watch.Timing;
    }

    private async Task<(Timing Own, Timing Hand, long Tickets)> MeasureAsync(FilterQuery query, TicketSearch search, HandWritten byHand)
    {
        var (own, hand) = (new Stopwatches(), new Stopwatches());
        var asked = query.Query with { Columns = FilterQuery.Columns };
        var (rows, count, ids, counted) = (default(IReadOnlyList<TicketRow>)!, default(TicketCount)!, default(List<long>)!, 0L);
        for (var run = 0; run < options.Runs + WarmUps; run++)
        {
            await own.MeasureAsync(run >= WarmUps, async () =>
            {
                rows = (await search.ReadPageAsync(asked, s_viewer, CancellationToken.None)).Rows;
                count = await search.CountAsync(asked, s_viewer, isExact: false, CancellationToken.None);
            });
            await hand.MeasureAsync(run >= WarmUps, () =>
            {
                (ids, counted) = (byHand.Page(query), byHand.Count(query));
                return Task.CompletedTask;
            });
        }

        if (!rows.Select(row => row.Id).SequenceEqual(ids) || (count.IsCapped ? FilterQuery.CountLimit : count.Number) != counted)
        {
            Say($"!! {query.Name}: {count} and other rows than the SQL by hand, which counts {counted}");
        }

        return (own.Timing, hand.Timing, counted);
    }

    private static async Task<double> MeasureSuggestionsAsync(ValueSuggestions suggestions)
    {
        Stopwatches watch = new();
        foreach (var (field, typed) in new[] { ("custom.tierStr", ""), ("custom.productStr", ""), ("custom.productStr", "ba"), ("custom.orderNumberStr", "ORD-0001"), ("custom.remarkStr", SampleField.Word(1)), ("tag", ""), ("channel", "e"), ("status", ""), ("sla.status", ""), ("assignedUsers", "b") })
        {
            for (var run = 0; run < 4; run++)
            {
                await watch.MeasureAsync(run > 0, () => suggestions.SuggestAsync(field, typed, CancellationToken.None));
            }
        }

        return watch.Timing.P95;
    }

    private async Task<(double P95, double PagesPerSecond)> MeasureWhileWritingAsync(TicketSearch search)
    {
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(() => console.NewWriter(options.Tickets).RunAsync(stop.Token));
        var (started, worst) = (Stopwatch.GetTimestamp(), 0.0);
        foreach (var query in _queries)
        {
            Stopwatches watch = new();
            var asked = query.Query with { Columns = FilterQuery.Columns };
            for (var run = 0; run < options.Runs; run++)
            {
                await watch.MeasureAsync(counts: true, async () =>
                {
                    await search.ReadPageAsync(asked, s_viewer, CancellationToken.None);
                    await search.CountAsync(asked, s_viewer, isExact: false, CancellationToken.None);
                });
            }

            Say($"{query.Name,-36} {watch.Timing.P50,7:N1} {watch.Timing.P95,7:N1}   while a sync writes");
            worst = Math.Max(worst, watch.Timing.P95);
        }

        await stop.CancelAsync();
        return (worst, await writer / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Megabytes of this process once its garbage is gone.</summary>
    private static double Memory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        return Environment.WorkingSet / 1024.0 / 1024.0;
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

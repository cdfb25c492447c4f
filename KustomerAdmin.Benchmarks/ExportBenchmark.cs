using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Benchmarks;

/// <summary>What it costs to export every ticket by the console's own export, and how much memory it holds while it does.</summary>
internal static class ExportBenchmark
{
    /// <summary>As many as a wide list has: own columns, standard attributes, custom fields.</summary>
    private static readonly string[] s_columns =
        ["id", "subject", "status", "channel", "priority", "messageCount", "createdAt", "updatedAt", "sla.status", "assignedUsers", "custom.tierStr", "custom.productStr", "custom.orderNumberStr"];

    private static readonly (string Name, TicketQuery Query)[] s_lists =
    [
        ("last updated first", new TicketQuery { Columns = s_columns }),
        ("by a custom field", new TicketQuery { Columns = s_columns, SortKey = "custom.orderNumberStr", IsAscending = true }),
        ("filtered", new TicketQuery { Columns = s_columns, Filter = new FilterGroup(false, [new FilterCondition("status", FilterOperator.Is, ["open"])]) }),
    ];

    public static async Task RunAsync(int tickets)
    {
        var directory = await FilterDatabase.PrepareAsync(tickets);
        await using var console = await ConsoleHost.StartAsync(new Uri("http://127.0.0.1:9"), directory);
        await using var circuit = await console.SignInAsync();
        var exports = circuit.ServiceProvider.GetRequiredService<TicketExport>();

        // A small one first: what is measured is exporting, not compiling.
        await MeasureAsync(exports, new TicketQuery { Columns = s_columns, Sample = new TicketSample(1000, 1) });
        var (slowest, largest) = (double.MaxValue, 0.0);
        foreach (var (name, query) in s_lists)
        {
            var (rows, bytes, seconds, cpu, memory) = await MeasureAsync(exports, query);
            Say($"{name,-20} {rows,9:N0} rows {bytes / 1024.0 / 1024.0,7:N1} MB {seconds,7:N1} s {cpu,7:N1} s of CPU {rows / seconds,8:N0} rows/s {rows / cpu,8:N0} rows/s of CPU, +{memory:N0} MB");
            (slowest, largest) = (Math.Min(slowest, rows / seconds), Math.Max(largest, memory));
        }

        Say($"export: {slowest:N0} rows/s, +{largest:N0} MB over the resting console, at {tickets:N0} tickets");
    }

    private static async Task<(long Rows, long Bytes, double Seconds, double Cpu, double Memory)> MeasureAsync(TicketExport exports, TicketQuery query)
    {
        var begun = (await exports.BeginAsync(query, new ViewerTime(SampleTickets.End, TimeZoneInfo.Utc), CancellationToken.None)).Export!;
        var export = (await exports.CollectAsync(begun.Key, static () => { }, CancellationToken.None))!;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        var (resting, most) = (Environment.WorkingSet, 0L);
        export.Changed += () => most = Math.Max(most, Environment.WorkingSet);
        await using var sink = new CountingSink();
        var output = PipeWriter.Create(sink);
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await exports.WriteAsync(export, output, CancellationToken.None);
        var (seconds, used) = (Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        await output.CompleteAsync();
        return export.State is ExportState.Done
            ? (export.Rows, sink.Length, seconds, used, (most - resting) / 1024.0 / 1024.0)
            : throw new InvalidOperationException("The export failed.");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Takes everything and keeps nothing.</summary>
    private sealed class CountingSink : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _length += buffer.Length;
            return ValueTask.CompletedTask;
        }
    }
}

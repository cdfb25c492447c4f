using System.Diagnostics;
using System.Text;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Tests.Simulation;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Crashes;

/// <summary>A process killed by SIGKILL at each fail point of its first load, on SQLite, and what comes after it; compared with a process that nobody killed.</summary>
public sealed class CrashMatrixTests : IAsyncLifetime
{
    private SandboxServer _kustomer = null!;
    private SimulatedDatabase _database = null!;

    public async Task InitializeAsync()
    {
        _kustomer = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = 1200, IndexLag = TimeSpan.Zero }, CancellationToken.None);
        _kustomer.Behaviour.SearchesPerMinute = 10_000;
        _database = await SimulatedDatabase.CreateAsync();
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        await _kustomer.DisposeAsync();
    }

    [Fact]
    public async Task Process_KilledAnywhereInItsFirstLoad_EndsAsIfNobodyHadKilledIt()
    {
        var twin = await FinishAsync(await ConnectAsync());
        List<string> differing = [];

        foreach (var point in Enum.GetValues<FailPoint>().Where(point => point < FailPoint.Erasure && point is not FailPoint.None))
        {
            var directory = await ConnectAsync();
            var before = Searches;
            var killed = await KillAsync(directory, point);
            var inBetween = Searches - before;
            var end = await FinishAsync(directory);
            // What was not committed is read again: a page, and the one after it that was read ahead.
            if (!killed || end with { Searches = 0 } != twin with { Searches = 0 } || inBetween + end.Searches > twin.Searches + 2)
            {
                differing.Add($"{point}: killed {killed}, {inBetween} searches before and {end} after; the twin {twin}");
            }
        }

        differing.ShouldBeEmpty();
    }

    [Fact]
    public async Task Process_KilledWhileItErasesAKey_LeavesNoneAfterTheNextStart()
    {
        var directory = await ConnectAsync();
        var envelope = await EnvelopeAsync(directory);

        (await KillAsync(directory, FailPoint.Erasure)).ShouldBeTrue();
        await using (var console = CrashChild.Start(directory, _kustomer.BaseAddress, FailPoint.None, out _))
        {
            await console.PrepareAsync();
            (await console.InstanceAsync(1)).ShouldNotBeNull().KeyEnvelope.ShouldBeNull();
        }

        Files(directory).ShouldAllBe(file => !file.Contains(envelope, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FailPoint.PurgeBatch)]
    [InlineData(FailPoint.PurgeCommitted)]
    [InlineData(FailPoint.PurgeErasure)]
    public async Task Process_KilledWhileItPurgesAField_GoesOnAfterTheNextStart(FailPoint point)
    {
        var directory = await ConnectAsync();
        await FinishAsync(directory);
        string[] values;
        await using (var console = CrashChild.Start(directory, _kustomer.BaseAddress, FailPoint.None, out _))
        {
            values = await console.StoredAsync(db => db.TicketMetadata.Where(value => db.MetadataFields.Any(field => field.Id == value.FieldId && field.Key == "custom.trackingUrl")).Select(value => value.TextValue!).ToArrayAsync());
            (await console.AsAdminAsync<FieldDecisions, string?>(service => service.ExcludeAsync(1, ["custom.trackingUrl"], CancellationToken.None))).ShouldBeNull();
        }

        (await KillAsync(directory, point)).ShouldBeTrue();
        await using (var console = CrashChild.Start(directory, _kustomer.BaseAddress, FailPoint.None, out _))
        {
            await console.PrepareAsync();
            while (await console.AsAdminAsync<FieldPurger, bool>(purger => purger.PurgeNextAsync(CancellationToken.None)))
            {
                // There is one, and it ends.
            }

            var receipt = await console.StoredAsync(db => db.FieldPurges.SingleAsync());
            (receipt.Removed, receipt.Expected, receipt.EndedAt is not null).ShouldBe((values.Length, values.Length, true));
            Files(directory).ShouldAllBe(file => !values.Any(value => file.Contains(value, StringComparison.Ordinal)));
        }
    }

    private static List<string> Files(string directory) =>
        [.. Directory.EnumerateFiles(directory, "kustomeradmin.db*").Select(static file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))];

    private int Searches => _kustomer.Requests.Counts.GetValueOrDefault("acme POST /v1/customers/search");

    /// <returns>A data directory with a connected instance.</returns>
    private async Task<string> ConnectAsync()
    {
        var directory = _database.Copy();
        await using var console = CrashChild.Start(directory, _kustomer.BaseAddress, FailPoint.None, out _);
        await console.PrepareAsync();
        var acme = _kustomer.Organization("acme");
        (await console.AsAdminAsync<InstanceService, ConnectResult>(service => service.ConnectAsync(new ConnectRequest("acme", "acme", acme.Keys.ReadOnly), CancellationToken.None)))
            .ShouldBeOfType<ConnectResult.Connected>().InstanceId.ShouldBe(1);
        return directory;
    }

    private async Task<string> EnvelopeAsync(string directory)
    {
        await using var console = CrashChild.Start(directory, _kustomer.BaseAddress, FailPoint.None, out _);
        return (await console.InstanceAsync(1))!.KeyEnvelope!;
    }

    /// <returns>Whether it was killed, instead of coming to its end.</returns>
    private async Task<bool> KillAsync(string directory, FailPoint point)
    {
        using var child = Process.Start(ChildProcess.Of(CrashChild.Name, directory, _kustomer.BaseAddress.AbsoluteUri, "1", point.ToString()))!;
        await child.WaitForExitAsync();
        return child.ExitCode == 137;
    }

    private async Task<End> FinishAsync(string directory)
    {
        var before = Searches;
        await using var console = CrashChild.Start(directory, _kustomer.BaseAddress, FailPoint.None, out _);
        await console.PrepareAsync();
        for (var runs = 0; runs < 3 && (await console.InstanceAsync(1))!.HistoryDoneAt is null; runs++)
        {
            await console.RunAsync(1, CancellationToken.None);
        }

        return await console.StoredAsync(async db =>
        {
            var instance = await db.Instances.SingleAsync();
            var tickets = await db.Tickets.OrderBy(ticket => ticket.KustomerId).Select(ticket => new { ticket.KustomerId, ticket.ContentHash, ticket.DeletedAt }).ToListAsync();
            var hash = tickets.Aggregate(17L, static (sum, ticket) => unchecked((sum * 31) + ticket.ContentHash + StringComparer.Ordinal.GetHashCode(ticket.KustomerId)));
            var counts = await db.Customers.OrderBy(customer => customer.KustomerId).Select(customer => customer.ConversationCount ?? -1).ToListAsync();
            return new End(
                hash, tickets.Count, instance.TicketCount, await db.TicketMetadata.CountAsync(), await db.TicketAttributes.CountAsync(), await db.TicketTags.CountAsync(),
                counts.Aggregate(17, static (sum, count) => unchecked((sum * 31) + count)), await db.MetadataFields.CountAsync(), instance.HistoryCursor, instance.HistoryDoneAt is not null, instance.Run,
                (await db.Database.SqlQueryRaw<string>("PRAGMA quick_check").ToListAsync())[0], Searches - before);
        });
    }

    private sealed record End(
        long Hash, int Tickets, long TicketCount, int Values, int Attributes, int Tags, int CustomerCounts, int Fields, DateTimeOffset? HistoryCursor, bool IsDone, RunState Run, string Check, int Searches);
}

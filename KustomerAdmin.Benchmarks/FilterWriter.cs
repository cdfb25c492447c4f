using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Benchmarks;

/// <summary>Commits page after page of changed tickets as a sync does, until it is stopped.</summary>
internal sealed class FilterWriter(IDbContextFactory<AppDbContext> contexts, TicketWriter writer, int tickets)
{
    /// <summary>Tickets with a number that this divides stay as they are, for queries that ask for one ticket.</summary>
    public const int Spared = 7;

    private const int TicketsOnPage = 500;

    private readonly Random _random = new(tickets);

    /// <returns>Pages committed.</returns>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var run = new SyncRunState(runId: 0, instanceId: 1, epoch: 0, startedBy: null) { LeaseOwner = "benchmark", Kind = RunKind.Update, BeganAt = SampleTickets.End };
        for (var pages = 0; ; pages++)
        {
            if (stop.IsCancellationRequested)
            {
                return pages;
            }

            await writer.WriteAsync(run, await NextPageAsync(), static (_, _, _) => Task.CompletedTask, CancellationToken.None);
        }
    }

    /// <summary>Each a second newer than it is stored.</summary>
    private async Task<List<MappedTicket>> NextPageAsync()
    {
        var numbers = Enumerable.Range(0, TicketsOnPage * 2).Select(_ => _random.Next(tickets)).Where(number => number % Spared != 0).Distinct().Take(TicketsOnPage)
            .ToDictionary(SampleTickets.IdOf, StringComparer.Ordinal);
        await using var db = await contexts.CreateDbContextAsync();
        var stored = await db.Tickets.Where(ticket => ticket.InstanceId == 1 && numbers.Keys.Contains(ticket.KustomerId)).Select(ticket => new { ticket.KustomerId, ticket.UpdatedAt }).ToListAsync();
        return stored.ConvertAll(ticket => SampleTickets.Make(numbers[ticket.KustomerId], tickets, 1 + (int)(ticket.UpdatedAt - SampleTickets.UpdatedAt(numbers[ticket.KustomerId], tickets)).TotalSeconds));
    }
}

using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync.Reading;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync.Storing;

/// <summary>How far a page brings an instance; null leaves a cursor where it is.</summary>
internal readonly record struct CursorMoves(DateTimeOffset? SyncCursor, DateTimeOffset? HistoryCursor = null);

/// <summary>Stores a page that was read: tickets, those that could not be read, cursors and counters in one transaction.</summary>
internal sealed class TicketPages(TicketWriter tickets, Quarantine quarantine, RunBook book, InstanceEvents events)
{
    public async Task StoreAsync(RunReading reading, RecordPage<MappedTicket> page, CursorMoves moves, CancellationToken cancellationToken)
    {
        var run = reading.Run;
        var requests = reading.TakeRequests();
        var (counts, hasUnnamed) = await tickets.WriteAsync(
            run,
            page.Records,
            async (db, stored, cancellation) =>
            {
                await quarantine.KeepAsync(db, run.InstanceId, page, cancellation);
                await book.CommitPageAsync(db, run, stored with { Unreadable = page.Unreadable.Count }, moves.SyncCursor, requests, cancellation);
                if (moves.HistoryCursor is { } reached)
                {
                    await db.Instances.Where(instance => instance.Id == run.InstanceId)
                        .ExecuteUpdateAsync(set => set.SetProperty(instance => instance.HistoryCursor, reached), cancellation);
                }
            },
            cancellationToken);
        run.Counts += counts;
        run.Pages++;
        reading.HasUnnamedFields |= hasUnnamed;
        var moments = page.Records.Where(static ticket => ticket.CustomerId is not null).Select(static ticket => ticket.UpdatedAt).ToList();
        if (counts.HasNews && moments.Count > 0)
        {
            reading.News.Add(moments.Min(), moments.Max());
        }

        events.Publish(run.InstanceId);
    }
}

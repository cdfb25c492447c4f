using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Sync;

/// <summary>
/// Compares the ids of all that is stored with Kustomer's, oldest first and a bucket at a time: finds what was deleted or merged, which no search for what is
/// new shows, and what Kustomer's search showed later than anybody looked. It goes on where it stopped.
/// </summary>
internal sealed class Reconciliation(
    IDbContextFactory<AppDbContext> contexts, RunBook runs, ReconciliationBook book, TicketWriter tickets, IOptions<SyncOptions> options, TimeProvider time)
{
    /// <summary>Kustomer's search ends here, whatever follows.</summary>
    private const int LastPage = 100;

    /// <summary>Of a bucket larger than this some are there: a search that shows none is sick, or the key's role has been narrowed.</summary>
    private const int NeverAllGone = 100;

    /// <summary>The newest may not be in the search yet.</summary>
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(10);

    /// <returns>What could not be compared; null when all could.</returns>
    public async Task<string?> RunAsync(RunReading reading, CancellationToken cancellationToken)
    {
        var run = reading.Run;
        run.Cause.Purpose = RequestPurpose.Reconciliation;
        var (started, end) = (time.GetTimestamp(), time.GetUtcNow() - s_overlap);
        HashSet<string> notes = new(StringComparer.Ordinal);
        while (await NextAsync(run, end, cancellationToken) is { } bucket)
        {
            if (time.GetElapsedTime(started) >= options.Value.Interval)
            {
                // What is new does not wait for it.
                run.HasMore = true;
                return Sentence(notes);
            }

            if (await CompareAsync(reading, bucket, cancellationToken) is { } note)
            {
                notes.Add(note);
            }
        }

        await book.FinishAsync(run, cancellationToken);
        return Sentence(notes);
    }

    private static string? Sentence(HashSet<string> notes) => notes.Count == 0 ? null : string.Join(' ', notes);

    private async Task<Bucket?> NextAsync(SyncRunState run, DateTimeOffset end, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instance = await db.Instances.AsNoTracking().SingleAsync(instance => instance.Id == run.InstanceId, cancellationToken);
        return await Bucket.NextAsync(db, instance, time.GetUtcNow(), end, cancellationToken);
    }

    private async Task<string?> CompareAsync(RunReading reading, Bucket bucket, CancellationToken cancellationToken)
    {
        var (client, run, takeRequests) = reading;
        if (await FindAsync(client, bucket, cancellationToken) is not { } found)
        {
            await book.CommitAsync(run, bucket, [], [], unchanged: 0, takeRequests(), cancellationToken);
            return $"More tickets were updated from {bucket.From:u} to {bucket.To:u} than Kustomer's search can list; those were not compared.";
        }

        var (stored, late) = await StoredAsync(run, bucket, found, cancellationToken);
        var missing = stored.Where(ticket => !found.Contains(ticket.KustomerId)).ToList();
        if (stored.Count > NeverAllGone && missing.Count == stored.Count)
        {
            await book.CommitAsync(run, bucket, [], [], unchanged: 0, takeRequests(), cancellationToken);
            return $"Kustomer's search shows none of {stored.Count} stored tickets of one span of time, so none of them was marked as deleted. The key may have lost access to them, or the search has a problem.";
        }

        var look = new SecondLook(client);
        await look.AskAsync(missing, cancellationToken);
        await StoreAsync(reading, look.There, cancellationToken);
        foreach (var some in late.Chunk(KustomerClient.MostIds))
        {
            var page = await client.GetConversationsAsync(some, cancellationToken);
            await StoreAsync(reading, [.. page.Records.Where(static conversation => !conversation.Attributes.IsTrue("deleted"))], cancellationToken);
        }

        await book.CommitAsync(run, bucket, look.Gone, look.Waiting, stored.Count - missing.Count, takeRequests(), cancellationToken);
        return look.Obstacle;
    }

    /// <summary>In an order that does not change while pages are read.</summary>
    /// <returns>Null when there are more than the search can list.</returns>
    private static async Task<HashSet<string>?> FindAsync(KustomerClient client, Bucket bucket, CancellationToken cancellationToken)
    {
        HashSet<string> found = new(StringComparer.Ordinal);
        var query = new SearchQuery { UpdatedFrom = bucket.From == DateTimeOffset.MinValue ? null : bucket.From, UpdatedTo = bucket.To, Order = SearchOrder.CreatedAt };
        for (var number = 1; number <= LastPage; number++)
        {
            var page = bucket.IsArchive
                ? await client.SearchArchiveIdsAsync(query with { Page = number }, cancellationToken)
                : await client.SearchConversationIdsAsync(query with { Page = number }, cancellationToken);
            found.UnionWith(page.Records);
            if (page.Count == 0 || (!page.HasNext && page.Count < page.PageSize) || number >= page.TotalPages)
            {
                return found;
            }
        }

        return null;
    }

    /// <returns>What is stored of the bucket, and which of those found is not stored as new as it was found.</returns>
    private async Task<(List<MissingTicket> Stored, List<string> Late)> StoredAsync(SyncRunState run, Bucket bucket, HashSet<string> found, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await bucket.Of(db, run.InstanceId).OrderByDescending(ticket => ticket.MissingSince)
            .Select(ticket => new MissingTicket(ticket.Id, ticket.KustomerId, ticket.MissingSince)).ToListAsync(cancellationToken);
        var extra = found.Except(stored.Select(ticket => ticket.KustomerId), StringComparer.Ordinal).ToList();
        List<string> late = [];
        foreach (var some in extra.Chunk(KustomerClient.MostIds))
        {
            var newer = await db.Tickets.Where(ticket => ticket.InstanceId == run.InstanceId && some.Contains(ticket.KustomerId) && ticket.DeletedAt == null && ticket.UpdatedAt > bucket.To)
                .Select(ticket => ticket.KustomerId).ToListAsync(cancellationToken);
            late.AddRange(some.Except(newer, StringComparer.Ordinal));
        }

        return (stored, late);
    }

    private async Task StoreAsync(RunReading reading, IReadOnlyCollection<Conversation> conversations, CancellationToken cancellationToken)
    {
        var (_, run, takeRequests) = reading;
        foreach (var page in conversations.Chunk(SearchQuery.LargestPage))
        {
            var requests = takeRequests();
            var (counts, _) = await tickets.WriteAsync(
                run, [.. page.Select(TicketMapper.Map)], (db, stored, cancellation) => runs.CommitPageAsync(db, run, stored, cursor: null, requests, cancellation), cancellationToken);
            run.Counts += counts;
            if (counts.HasNews)
            {
                reading.News.Add(page.Min(conversation => conversation.UpdatedAt), page.Max(conversation => conversation.UpdatedAt));
            }
        }
    }
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync.Reading;
using KustomerAdmin.Sync.Storing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Sync;

/// <summary>
/// Compares the ids of all that is stored with Kustomer's, oldest first and a bucket at a time: finds what was deleted or merged, which no search for what is
/// new shows, and what Kustomer's search showed later than anybody looked. It goes on where it stopped.
/// </summary>
internal sealed class Reconciliation(
    IDbContextFactory<AppDbContext> contexts, ReconciliationBook book, TicketPages pages, UpdateWalk updates, Quarantine quarantine, IOptions<SyncOptions> options, TimeProvider time)
{
    /// <summary>Kustomer's search ends here, whatever follows.</summary>
    private const int LastPage = 100;

    /// <summary>Of a bucket larger than this some are there: a search that shows none may be sick, or the key's role may have been narrowed.</summary>
    private const int NeverAllGone = 100;

    /// <summary>The newest may not be in the search yet.</summary>
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(10);

    /// <returns>What could not be compared; null when all could.</returns>
    public async Task<string?> RunAsync(RunReading reading, CancellationToken cancellationToken)
    {
        var run = reading.Run;
        run.Cause.Purpose = RequestPurpose.Reconciliation;
        var end = time.GetUtcNow() - s_overlap;
        var before = await ReadAgainAsync(reading, cancellationToken);

        // From here on: what is read again is not, so a run that had to read much would never come to compare.
        var started = time.GetTimestamp();
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

        await LookAfterUnreadableAsync(reading, before, cancellationToken);
        await book.FinishAsync(run, cancellationToken);
        return Sentence(notes);
    }

    /// <summary>Ids do not tell that a ticket is newer than it is stored: a change that the search showed late is in no list of ids.</summary>
    /// <returns>When the comparison before this one began; for the first one, when the first load did.</returns>
    private async Task<DateTimeOffset?> ReadAgainAsync(RunReading reading, CancellationToken cancellationToken)
    {
        var began = time.GetUtcNow();
        var (before, isGoingOn) = await book.BeforeAsync(reading.Run, cancellationToken);
        if (!isGoingOn)
        {
            await updates.ReadAgainAsync(reading, before, cancellationToken);
            await book.NoteBeginningAsync(reading.Run, before, began, cancellationToken);
        }

        return before;
    }

    /// <summary>What could not be read and was not met again since the comparison before this one: whether there still is such a record.</summary>
    private async Task LookAfterUnreadableAsync(RunReading reading, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        var unseen = await quarantine.UnseenAsync(reading.Run.InstanceId, before, SecondLook.MostAlone, cancellationToken);
        var look = new SecondLook(reading.Client);
        await look.AskAsync(unseen, cancellationToken);
        await StoreAsync(reading, look.TakeFound(), cancellationToken);
        await quarantine.ForgetAsync(reading.Run, look.Gone, before, cancellationToken);
    }

    private static string? Sentence(HashSet<string> notes) => notes.Count == 0 ? null : string.Join(' ', notes);

    private async Task<Bucket?> NextAsync(SyncRunState run, DateTimeOffset end, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instance = await db.Instances.AsNoTracking().SingleAsync(instance => instance.Id == run.InstanceId, cancellationToken);
        return await Bucket.NextAsync(db, instance, time.GetUtcNow(), end, options.Value.TicketsCompared, cancellationToken);
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
        var look = new SecondLook(client);
        if (stored.Count > NeverAllGone && missing.Count == stored.Count)
        {
            var areGone = await look.AskForSomeAsync(missing, cancellationToken);
            await book.CommitAsync(run, bucket, look.Gone, look.Waiting, unchanged: 0, takeRequests(), cancellationToken);
            return areGone && look.Waiting.Count == 0 ? null
                : $"Kustomer's search shows none of {stored.Count} stored tickets of one span of time. "
                + (areGone ? $"{look.Waiting.Count} of them are marked as deleted if the next comparison misses them too."
                    : $"None of them was marked as deleted: the key may have lost access to them, or the search has a problem. {look.Obstacle}".TrimEnd());
        }

        await look.AskAsync(missing, cancellationToken);
        await SpareChangedAsync(client, run, look, cancellationToken);
        await StoreAsync(reading, look.TakeFound(), cancellationToken);
        foreach (var some in late.Chunk(KustomerClient.MostIds))
        {
            await look.AskForLateAsync(some, cancellationToken);
            await StoreAsync(reading, look.TakeFound(), cancellationToken);
        }

        await book.CommitAsync(run, bucket, look.Gone, look.Waiting, stored.Count - missing.Count, takeRequests(), cancellationToken);
        return look.Note;
    }

    /// <summary>
    /// Who may not ask for single tickets cannot tell one that is gone from one that changed a moment ago and with that left its bucket. So what
    /// changed since the comparison began is listed once more.
    /// </summary>
    private static async Task SpareChangedAsync(KustomerClient client, SyncRunState run, SecondLook look, CancellationToken cancellationToken)
    {
        if (look.Obstacle is not null && look.Gone.Count > 0)
        {
            var changed = await FindAsync(client, new Bucket(run.BeganAt - s_overlap, DateTimeOffset.MaxValue, IsArchive: false), cancellationToken);
            look.Gone.RemoveAll(ticket => changed?.Contains(ticket.KustomerId) != false);
        }
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

        // A stored date in the future says nothing of what is newer: it may have been a slip of Kustomer's that is mended there.
        var ahead = time.GetUtcNow() + PageOfRows.ClockDifference;
        foreach (var some in extra.Chunk(KustomerClient.MostIds))
        {
            var known = await db.Tickets.Where(ticket => ticket.InstanceId == run.InstanceId && some.Contains(ticket.KustomerId))
                .Select(ticket => new { ticket.KustomerId, IsNewer = ticket.DeletedAt == null && ticket.UpdatedAt > bucket.To && ticket.UpdatedAt <= ahead && ticket.AheadSince == null })
                .ToListAsync(cancellationToken);
            var asked = bucket.IsAskedFor ? some : known.Select(static ticket => ticket.KustomerId);
            late.AddRange(asked.Except(known.Where(static ticket => ticket.IsNewer).Select(static ticket => ticket.KustomerId), StringComparer.Ordinal));
        }

        return (stored, late);
    }

    private async Task StoreAsync(RunReading reading, RecordPage<MappedTicket> found, CancellationToken cancellationToken)
    {
        if (found.Count > 0)
        {
            await pages.StoreAsync(reading, found, default, cancellationToken);
        }
    }
}

using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Sync;

/// <summary>Everything that changed in Kustomer since the cursor, oldest change first.</summary>
internal sealed class UpdateWalk(TicketPages pages, TimeProvider time)
{
    /// <summary>Read again before the cursor: Kustomer's search lags behind its database, and clocks differ.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>The cursor never comes closer to now than this, so a ticket with a date in the future cannot drag it along.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(1);

    /// <returns>The cursor that was reached.</returns>
    public async Task<DateTimeOffset?> RunAsync(RunReading reading, DateTimeOffset? cursor, CancellationToken cancellationToken)
    {
        var start = new SearchQuery { UpdatedFrom = cursor - Overlap, IncludesDeleted = true };

        // Of when the walk began: it may wait for the limit longer than the overlap, and what the search shows late behind it meanwhile is for the next one.
        var settled = time.GetUtcNow() - Settle;
        await foreach (var (page, reached) in reading.WalkAsync(start, isArchive: false, cancellationToken))
        {
            var next = reached < settled ? reached : settled;
            var moved = reached is not null && (cursor is null || next > cursor) ? next : null;
            await pages.StoreAsync(reading, page, new CursorMoves(moved), cancellationToken);
            cursor = moved ?? cursor;
        }

        return cursor;
    }
}

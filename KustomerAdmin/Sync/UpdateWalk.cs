using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync.Reading;
using KustomerAdmin.Sync.Storing;

namespace KustomerAdmin.Sync;

/// <summary>Everything that changed in Kustomer since the cursor, oldest change first.</summary>
internal sealed class UpdateWalk(TicketPages pages, TimeProvider time)
{
    /// <summary>Read again before the cursor: Kustomer's search lags behind its database, and clocks differ.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <summary>The cursor never comes closer to now than this, so a ticket with a date in the future cannot drag it along.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(1);

    /// <summary>The longest that Kustomer's search is expected to show a change late.</summary>
    private static readonly TimeSpan s_latest = TimeSpan.FromHours(12);

    /// <summary>Everything that changed since then once more, the cursor left where it is: for what the search showed later than the overlap reaches.</summary>
    public async Task ReadAgainAsync(RunReading reading, DateTimeOffset? since, CancellationToken cancellationToken)
    {
        await foreach (var (page, _) in reading.WalkAsync(new SearchQuery { UpdatedFrom = since - s_latest, IncludesDeleted = true }, isArchive: false, cancellationToken))
        {
            await pages.StoreAsync(reading, page, default, cancellationToken);
        }
    }

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

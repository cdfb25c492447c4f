using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync.Reading;
using KustomerAdmin.Sync.Storing;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>
/// Everything back to the instance's start date, newest first. Each page moves the instance's history cursor down, so a load that ended early goes on
/// where it stopped. What changes from its beginning on is met by the walk upwards, which it lets in between when it takes long.
/// </summary>
internal sealed class FirstLoad(IDbContextFactory<AppDbContext> contexts, TicketPages pages, UpdateWalk updates, RunBook book, TimeProvider time)
{
    /// <summary>What is stored already does not become older than this while the rest is loaded.</summary>
    private static readonly TimeSpan s_longestWithoutUpdates = TimeSpan.FromMinutes(15);

    /// <summary>The search ends about here and the archive begins; both are asked for what lies close to it.</summary>
    private static readonly TimeSpan s_archiveOverlap = TimeSpan.FromDays(1);

    /// <returns>For <see cref="UpdateAsync"/>, while the run goes on with something else.</returns>
    public async Task<LoadProgress> RunAsync(RunReading reading, CancellationToken cancellationToken)
    {
        var instance = await ReadAsync(reading.Run, cancellationToken);
        var progress = new LoadProgress(instance.SyncCursor, instance.HistoryCursor, instance.SyncCursor ?? time.GetUtcNow() - UpdateWalk.Settle);
        await book.OpenWindowAsync(reading.Run, instance.SyncFrom, instance.HistoryCursor, cancellationToken);

        var horizon = time.GetUtcNow().AddYears(-2);
        if (progress.History is null || progress.History >= horizon)
        {
            await LoadAsync(reading, progress, new SearchQuery { IsDescending = true, UpdatedFrom = instance.SyncFrom, UpdatedTo = progress.History }, isArchive: false, cancellationToken);
        }

        if (instance.SyncFrom < horizon)
        {
            var to = progress.History < horizon ? progress.History : horizon + s_archiveOverlap;
            await LoadAsync(reading, progress, new SearchQuery { IsDescending = true, UpdatedFrom = instance.SyncFrom, UpdatedTo = to }, isArchive: true, cancellationToken);
        }

        return progress;
    }

    /// <summary>Reads what is new, if that was long ago.</summary>
    public async Task UpdateAsync(RunReading reading, LoadProgress progress, CancellationToken cancellationToken)
    {
        if (progress.Sync is not null && time.GetUtcNow() - progress.FreshAt >= s_longestWithoutUpdates)
        {
            progress.Sync = await updates.RunAsync(reading, progress.Sync, cancellationToken);
            progress.FreshAt = time.GetUtcNow();
        }
    }

    /// <summary>Nothing is left to load, unless the start date was moved meanwhile.</summary>
    public async Task FinishAsync(SyncRunState run, DateTimeOffset? syncFrom, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, started) = (time.GetUtcNow(), run.BeganAt - UpdateWalk.Settle);
        await db.Instances.Where(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch && instance.SyncFrom == syncFrom)
            .ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.HistoryDoneAt, now)
                .SetProperty(instance => instance.SyncCursor, instance => instance.SyncCursor ?? started), cancellationToken);
    }

    public async Task<Instance> ReadAsync(SyncRunState run, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Instances.AsNoTracking().SingleOrDefaultAsync(instance => instance.Id == run.InstanceId, cancellationToken) ?? throw new SyncOvertakenException();
    }

    private async Task LoadAsync(RunReading reading, LoadProgress progress, SearchQuery start, bool isArchive, CancellationToken cancellationToken)
    {
        await UpdateAsync(reading, progress, cancellationToken);
        await foreach (var (page, reached) in reading.WalkAsync(start, isArchive, cancellationToken))
        {
            var history = reached < progress.History || progress.History is null ? reached : null;

            // The walk upwards begins where this one began; that is written with the first page, or never.
            await pages.StoreAsync(reading, page, new CursorMoves(progress.Sync is null ? progress.Began : null, history), cancellationToken);
            progress.Sync ??= progress.Began;
            progress.History = history ?? progress.History;
            await UpdateAsync(reading, progress, cancellationToken);
        }
    }
}

/// <summary>How far a first load has come.</summary>
/// <param name="Began">From here on the walk upwards meets what changes.</param>
internal sealed record LoadProgress(DateTimeOffset? Sync, DateTimeOffset? History, DateTimeOffset Began)
{
    public DateTimeOffset? Sync { get; set; } = Sync;

    public DateTimeOffset? History { get; set; } = History;

    public DateTimeOffset FreshAt { get; set; } = Began;
}

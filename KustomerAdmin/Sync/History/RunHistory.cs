using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync.History;

/// <summary>The runs as the Runs page shows them.</summary>
public sealed class RunHistory(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, TimeProvider time)
{
    public const int PageSize = 25;

    /// <summary>No row stands behind it, and its rows can still be counted.</summary>
    private const int LastPage = int.MaxValue / PageSize;

    /// <summary>Newest first. Pages count from 1.</summary>
    /// <param name="instanceId">Null for all instances.</param>
    public async Task<RunSheet> ReadAsync(long? instanceId, int page, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var runs = db.SyncRuns.AsNoTracking().Where(run => instanceId == null || run.InstanceId == instanceId);
        var ended = runs.Where(run => run.Outcome != RunOutcome.Running);
        var total = await ended.CountAsync(cancellationToken);
        var lines = await Lines(db, ended.OrderByDescending(run => run.Id).Skip((Math.Clamp(page, 1, LastPage) - 1) * PageSize).Take(PageSize)).ToListAsync(cancellationToken);
        var running = await Lines(db, runs.Where(run => run.Outcome == RunOutcome.Running).OrderByDescending(run => run.Id)).ToListAsync(cancellationToken);
        List<LiveRun> live = [];
        foreach (var line in running)
        {
            live.Add(await LiveAsync(db, line, cancellationToken));
        }

        var instances = await db.Instances.OrderBy(instance => instance.Name).Select(instance => new RunInstance(instance.Id, instance.Name)).ToListAsync(cancellationToken);
        return new RunSheet(lines, total, live, instances, instanceId is { } id ? await FirstLoadAsync(db, id, cancellationToken) : null);
    }

    private static IQueryable<RunLine> Lines(AppDbContext db, IQueryable<SyncRun> runs) => runs.Select(run => new RunLine
    {
        Run = run,
        Instance = db.Instances.Where(instance => instance.Id == run.InstanceId).Select(instance => instance.Name).First(),
        Since = db.SyncRuns.Where(before => before.InstanceId == run.InstanceId && before.Id < run.Id && before.Outcome == RunOutcome.Succeeded).Max(before => (DateTimeOffset?)before.StartedAt),
    });

    private async Task<LiveRun> LiveAsync(AppDbContext db, RunLine line, CancellationToken cancellationToken)
    {
        var instance = await db.Instances.AsNoTracking().FirstAsync(instance => instance.Id == line.Run.InstanceId, cancellationToken);
        var load = line.Run.Kind is RunKind.FirstLoad ? await FirstLoadAsync(db, instance.Id, cancellationToken) : null;
        return new LiveRun(line, instance.Run is RunState.Waiting ? instance.WaitingUntil : null, load);
    }

    /// <returns>Null when there was no forecast.</returns>
    private async Task<FirstLoadCost?> FirstLoadAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        if (await db.SyncForecasts.AsNoTracking().FirstOrDefaultAsync(forecast => forecast.InstanceId == instanceId, cancellationToken) is not { } forecast)
        {
            return null;
        }

        var runs = await db.SyncRuns.Where(run => run.InstanceId == instanceId && run.Kind == RunKind.FirstLoad)
            .Select(run => new { run.StartedAt, run.EndedAt, run.Added, run.Requests }).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return new FirstLoadCost(
            forecast.Tickets,
            forecast.Requests,
            TimeSpan.FromSeconds(forecast.Seconds),
            runs.Sum(run => (long)run.Added),
            runs.Sum(run => run.Requests),
            TimeSpan.FromSeconds(runs.Sum(run => ((run.EndedAt ?? now) - run.StartedAt).TotalSeconds)),
            await db.Instances.Where(instance => instance.Id == instanceId).Select(instance => instance.HistoryDoneAt != null).FirstAsync(cancellationToken));
    }
}

public sealed record RunSheet(IReadOnlyList<RunLine> Lines, int Total, IReadOnlyList<LiveRun> Live, IReadOnlyList<RunInstance> Instances, FirstLoadCost? FirstLoad);

public sealed record RunInstance(long Id, string Name);

public sealed record RunLine
{
    public required SyncRun Run { get; init; }

    public required string Instance { get; init; }

    /// <summary>When the run before it that ended well had begun; null when there was none.</summary>
    public DateTimeOffset? Since { get; init; }
}

/// <summary>A run under way, as far as it is committed.</summary>
/// <param name="Load">What was forecast, for a first load.</param>
public sealed record LiveRun(RunLine Line, DateTimeOffset? WaitingUntil, FirstLoadCost? Load)
{
    public long Tickets => (long)Line.Run.Added + Line.Run.Updated + Line.Run.Unchanged;

    /// <summary>Tickets a second since it began; null in its first second.</summary>
    public double? Rate(DateTimeOffset now) => (now - Line.Run.StartedAt).TotalSeconds is >= 1 and var seconds ? Tickets / seconds : null;

    /// <summary>Percent of the forecast tickets that are there; null where nobody knows.</summary>
    public double? Share => Load is { TicketsLeft: { } left } load ? 100.0 * load.Tickets / (load.Tickets + left) : null;

    /// <returns>How much longer at the rate so far; null where nobody knows.</returns>
    public TimeSpan? TimeLeft(DateTimeOffset now) => Load?.TicketsLeft is { } left && Rate(now) is > 0 and var rate ? TimeSpan.FromSeconds(left / rate) : null;
}

/// <summary>What the first load was expected to cost, and what it did cost so far.</summary>
public sealed record FirstLoadCost(long ExpectedTickets, int ExpectedRequests, TimeSpan Expected, long Tickets, int Requests, TimeSpan Took, bool IsDone)
{
    /// <summary>A forecast that was too low says nothing of the rest.</summary>
    public long? TicketsLeft => ExpectedTickets > Tickets ? ExpectedTickets - Tickets : null;
}

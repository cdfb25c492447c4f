using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Usage;

/// <summary>Deletes, once a day, single requests and days of the ledger that are older than they are kept.</summary>
internal sealed class LedgerRetention(IDbContextFactory<AppDbContext> contexts, IOptions<UsageOptions> options, TimeProvider time, ILogger<LedgerRetention> logger) : BackgroundService
{
    /// <summary>A transaction holds SQLite's only writer: no longer than a sync would notice.</summary>
    private const int AtOnce = 5000;

    private static readonly TimeSpan s_pause = TimeSpan.FromDays(1);

    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (oldestRequest, oldestDay) = (now - options.Value.KeepRequests, now - options.Value.KeepDays);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        while (await db.KustomerRequests.Where(request => request.At < oldestRequest).OrderBy(request => request.At).Take(AtOnce).ExecuteDeleteAsync(cancellationToken) == AtOnce)
        {
            // More of them are left.
        }

        await db.KustomerRequestDays.Where(day => day.Day < oldestDay).ExecuteDeleteAsync(cancellationToken);

        // With it goes what an erasure had to leave, because somebody read for longer than it waited.
        await db.EraseTracesAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError(exception, "Old lines of the ledger of requests could not be deleted; trying again tomorrow");
            }

            await Task.Delay(s_pause, time, stoppingToken);
        }
    }
}

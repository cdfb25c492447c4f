using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Integrations.Checking;

/// <summary>Checks every connected instance now and then by itself, so that a lost role or a rejected key is noticed before somebody needs it.</summary>
internal sealed partial class ConnectionWatch(IDbContextFactory<AppDbContext> contexts, StoredConnection stored, IOptions<ConnectionOptions> options, TimeProvider time, ILogger<ConnectionWatch> logger) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMinutes(1);

    /// <summary>Checks those whose last check is long enough ago.</summary>
    public async Task CheckDueAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.CheckInterval;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var due = await db.Instances.AsNoTracking().Where(instance => instance.Credential == CredentialState.Connected && (instance.CheckedAt == null || instance.CheckedAt <= before)).ToListAsync(cancellationToken);
        foreach (var instance in due)
        {
            try
            {
                await stored.CheckAsync(instance, causedBy: null, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // One instance's fault is not another's.
                Log.Failed(logger, exception);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(s_pace, time, stoppingToken);
                await CheckDueAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Connections could not be checked; trying again in a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

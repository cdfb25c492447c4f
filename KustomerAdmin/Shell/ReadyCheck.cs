using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace KustomerAdmin.Shell;

/// <summary>Whether requests should be sent here: the database answers and the console is not stopping. Kustomer's state does not count.</summary>
internal sealed class ReadyCheck(IDbContextFactory<AppDbContext> contexts, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return !lifetime.ApplicationStopping.IsCancellationRequested && await db.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy();
    }
}

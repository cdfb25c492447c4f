using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>
/// Who may run an instance's sync. A lease only keeps two consoles from reading the same; what keeps them from writing is the epoch that grows with
/// every lease taken, and that every commit asks for.
/// </summary>
internal sealed class Leases(IDbContextFactory<AppDbContext> contexts, DatabaseClock clock, InstanceEvents events, TimeProvider time, ILogger<LeaseKeeper> logger)
{
    /// <summary>After this long without a renewal another console may take the lease.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    private readonly string _process = Guid.NewGuid().ToString("N");
    private long _taken;

    /// <summary>One statement: of two consoles one changes the row.</summary>
    /// <returns>The name under which the lease is held, another for each; null when the instance may not run.</returns>
    public async Task<string?> TakeAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        var now = await clock.NowAsync(db, cancellationToken);
        var owner = $"{_process}.{Interlocked.Increment(ref _taken)}";
        var taken = await db.Instances
            .Where(instance => instance.Id == instanceId && instance.Credential == CredentialState.Connected && instance.Run != RunState.Paused
                && (instance.LeaseOwner == null || instance.LeaseExpiresAt <= now))
            .ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.LeaseOwner, owner)
                .SetProperty(instance => instance.LeaseExpiresAt, now + Duration)
                .SetProperty(instance => instance.Epoch, instance => instance.Epoch + 1), cancellationToken);
        return taken == 0 ? null : owner;
    }

    /// <returns>False when it is not the run's any more.</returns>
    public async Task<bool> RenewAsync(SyncRunState run, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = await clock.NowAsync(db, cancellationToken);
        return await HeldBy(db, run).ExecuteUpdateAsync(set => set.SetProperty(instance => instance.LeaseExpiresAt, now + Duration), cancellationToken) > 0;
    }

    public async Task<bool> IsHeldAsync(SyncRunState run, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await HeldBy(db, run).AnyAsync(cancellationToken);
    }

    /// <summary>Keeps the run's lease until disposed, and says when it is lost.</summary>
    public LeaseKeeper Keep(SyncRunState run) => new(this, run, events, time, logger);

    /// <summary>Whoever changed the instance meanwhile: the lease goes with its run.</summary>
    public static Task<int> ReleaseAsync(AppDbContext db, SyncRunState run, CancellationToken cancellationToken) =>
        db.Instances.Where(instance => instance.Id == run.InstanceId && instance.LeaseOwner == run.LeaseOwner)
            .ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.LeaseOwner, (string?)null)
                .SetProperty(instance => instance.LeaseExpiresAt, (DateTimeOffset?)null), cancellationToken);

    private static IQueryable<Instance> HeldBy(AppDbContext db, SyncRunState run) =>
        db.Instances.Where(instance => instance.Id == run.InstanceId && instance.Epoch == run.Epoch && instance.LeaseOwner == run.LeaseOwner);
}

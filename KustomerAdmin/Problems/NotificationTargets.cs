using System.Buffers.Text;
using System.Security.Cryptography;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Problems;

/// <summary>Where an instance's problems are told. Changes answer null, or why they were not made.</summary>
public sealed class NotificationTargets
{
    private const int SecretBytes = 32;
    private const int MostTargets = 20;

    private readonly IDbContextFactory<AppDbContext> _contexts;
    private readonly CurrentAdmin _currentAdmin;
    private readonly AuditLog _audit;
    private readonly NotificationPost _post;
    private readonly TimeProvider _time;

    public NotificationTargets(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, AuditLog audit, IServiceProvider services, TimeProvider time) =>
        (_contexts, _currentAdmin, _audit, _post, _time) = (contexts, currentAdmin, audit, services.GetRequiredService<NotificationPost>(), time);

    public async Task<IReadOnlyList<TargetLine>> ReadAsync(long instanceId, CancellationToken cancellationToken)
    {
        await _currentAdmin.RequireAsync(cancellationToken);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await db.NotificationTargets.Where(target => target.InstanceId == instanceId).OrderBy(target => target.Id)
            .Select(target => new TargetLine(target.Id, target.Kind, target.Address, target.LastDeliveredAt, target.LastFailure)).ToListAsync(cancellationToken);
    }

    /// <summary>Adds one. A webhook's secret is given once, here, and never shown again.</summary>
    public async Task<AddedTarget> AddAsync(long instanceId, NotificationKind kind, string? address, CancellationToken cancellationToken)
    {
        var actor = await _currentAdmin.RequireAsync(cancellationToken);
        var wanted = address?.Trim() ?? "";
        if (_post.FaultOf(kind, wanted) is { } fault)
        {
            return new AddedTarget(fault, null);
        }

        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await db.TransactAsync(async cancellation =>
        {
            if (await db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellation) is not { } instance)
            {
                return new AddedTarget("This instance was removed meanwhile.", null);
            }

            var there = await db.NotificationTargets.Where(target => target.InstanceId == instanceId).Select(target => target.Address).ToListAsync(cancellation);
            if (there.Count >= MostTargets || there.Contains(wanted, StringComparer.Ordinal))
            {
                return new AddedTarget(there.Count >= MostTargets ? $"An instance has at most {MostTargets} addresses." : "This address is told already.", null);
            }

            var target = new NotificationTarget { InstanceId = instanceId, Kind = kind, Address = wanted };
            db.NotificationTargets.Add(target);
            await db.SaveChangesAsync(cancellation);
            var secret = kind is NotificationKind.Webhook ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)) : null;
            target.SecretEnvelope = secret is null ? null : _post.Seal(instance, target, secret);
            _audit.Add(db, actor, AuditActions.NotificationAdded, instance.Name, detail: kind.ToString());
            await db.SaveChangesAsync(cancellation);
            return new AddedTarget(null, secret);
        }, cancellationToken);
    }

    public async Task<string?> RemoveAsync(long targetId, CancellationToken cancellationToken)
    {
        var actor = await _currentAdmin.RequireAsync(cancellationToken);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        return await db.TransactAsync(async cancellation =>
        {
            if (await FindAsync(db, targetId, cancellation) is not var (target, instance))
            {
                return "This address was removed already.";
            }

            await db.NotificationDeliveries.Where(delivery => delivery.TargetId == targetId).ExecuteDeleteAsync(cancellation);
            db.NotificationTargets.Remove(target);
            _audit.Add(db, actor, AuditActions.NotificationRemoved, instance.Name, detail: target.Kind.ToString());
            await db.SaveChangesAsync(cancellation);
            return null;
        }, cancellationToken);
    }

    /// <summary>Sends a test message now.</summary>
    /// <returns>Null, or why it was not delivered.</returns>
    public async Task<string?> TestAsync(long targetId, CancellationToken cancellationToken)
    {
        await _currentAdmin.RequireAsync(cancellationToken);
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, targetId, cancellationToken) is not var (target, instance))
        {
            return "This address was removed already.";
        }

        var now = _time.GetUtcNow();
        var message = new NotificationMessage(0, "test", instance.Name, null, "This is a test. Nothing is wrong.", "Nothing.", "None.", now, null);
        target.LastFailure = await _post.SendAsync(instance, target, message, cancellationToken);
        target.LastDeliveredAt = target.LastFailure is null ? now : target.LastDeliveredAt;
        await db.SaveChangesAsync(cancellationToken);
        return target.LastFailure;
    }

    private static async Task<(NotificationTarget Target, Instance Instance)?> FindAsync(AppDbContext db, long targetId, CancellationToken cancellationToken) =>
        await db.NotificationTargets.Where(target => target.Id == targetId).Join(db.Instances, target => target.InstanceId, instance => instance.Id, (target, instance) => new { target, instance })
            .FirstOrDefaultAsync(cancellationToken) is { } found ? (found.target, found.instance) : null;
}

public sealed record TargetLine(long Id, NotificationKind Kind, string Address, DateTimeOffset? LastDeliveredAt, string? LastFailure);

/// <param name="Fault">Why it was not added; null when it was.</param>
/// <param name="Secret">The webhook's signing secret, shown this once.</param>
public sealed record AddedTarget(string? Fault, string? Secret);

using System.Buffers.Text;
using System.Security.Cryptography;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Problems;

/// <summary>Where an instance's problems are told. Changes answer null, or why they were not made.</summary>
public sealed class NotificationTargets(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, AuditLog audit, NotificationPost post, TimeProvider time)
{
    private const int SecretBytes = 32;
    private const int MostTargets = 20;
    private const string AlreadyTold = "This address is told already.";
    private const string Gone = "This address was removed already.";

    public async Task<IReadOnlyList<TargetLine>> ReadAsync(long instanceId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.NotificationTargets.Where(target => target.InstanceId == instanceId).OrderBy(target => target.Id)
            .Select(target => new TargetLine(target.Id, target.Kind, target.Address, target.LastDeliveredAt, target.LastFailure)).ToListAsync(cancellationToken);
    }

    /// <summary>Adds one. A webhook's secret is given once, here, and never shown again.</summary>
    public async Task<AddedTarget> AddAsync(long instanceId, NotificationKind kind, string? address, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        var wanted = address?.Trim() ?? "";
        if (post.FaultOf(kind, wanted) is { } fault)
        {
            return new AddedTarget(fault, null);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            return await db.TransactAsync(cancellation => AddAsync(db, actor, instanceId, kind, wanted, cancellation), cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Somebody else was faster; the unique index says so.
            return new AddedTarget(AlreadyTold, null);
        }
    }

    public async Task<string?> RemoveAsync(long targetId, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var refusal = await db.TransactAsync(async cancellation =>
        {
            if (await FindAsync(db, targetId, cancellation) is not var (target, instance))
            {
                return Gone;
            }

            await db.NotificationDeliveries.Where(delivery => delivery.TargetId == targetId).ExecuteDeleteAsync(cancellation);
            await db.NotificationTargets.Where(row => row.Id == targetId).ExecuteDeleteAsync(cancellation);
            audit.Add(db, actor, AuditActions.NotificationRemoved, instance.Name, detail: Words(target));
            await db.SaveChangesAsync(cancellation);
            return null;
        }, cancellationToken);
        await db.EraseTracesAsync(CancellationToken.None);
        return refusal;
    }

    /// <summary>Sends a test message now.</summary>
    /// <returns>Null, or why it was not delivered.</returns>
    public async Task<string?> TestAsync(long targetId, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, targetId, cancellationToken) is not var (target, instance))
        {
            return Gone;
        }

        var failure = await post.SendAsync(instance, target, NotificationMessage.Test(instance, time.GetUtcNow()), cancellationToken);
        audit.Add(db, actor, AuditActions.NotificationTested, instance.Name, failure is null ? AuditOutcome.Succeeded : AuditOutcome.Failed, Words(target));
        await db.SaveChangesAsync(CancellationToken.None);
        await NoteAsync(db, targetId, failure, time.GetUtcNow());
        return failure;
    }

    /// <summary>How the last message to it ended, for people who look at the list.</summary>
    internal static Task NoteAsync(AppDbContext db, long targetId, string? failure, DateTimeOffset now) =>
        db.NotificationTargets.Where(target => target.Id == targetId)
            .ExecuteUpdateAsync(set => set
                .SetProperty(target => target.LastFailure, failure)
                .SetProperty(target => target.LastDeliveredAt, target => failure == null ? now : target.LastDeliveredAt), CancellationToken.None);

    private async Task<AddedTarget> AddAsync(AppDbContext db, Actor actor, long instanceId, NotificationKind kind, string wanted, CancellationToken cancellationToken)
    {
        if (await db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId && instance.DeletingSince == null, cancellationToken) is not { } instance)
        {
            return new AddedTarget("This instance was removed meanwhile.", null);
        }

        var there = await db.NotificationTargets.Where(target => target.InstanceId == instanceId).Select(target => target.Address).ToListAsync(cancellationToken);
        if (there.Count >= MostTargets || there.Contains(wanted, StringComparer.Ordinal))
        {
            return new AddedTarget(there.Count >= MostTargets ? $"An instance has at most {MostTargets} addresses." : AlreadyTold, null);
        }

        var target = new NotificationTarget { InstanceId = instanceId, Kind = kind, Address = wanted };
        db.NotificationTargets.Add(target);
        await db.SaveChangesAsync(cancellationToken);
        var secret = kind is NotificationKind.Webhook ? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)) : null;
        target.SecretEnvelope = secret is null ? null : post.Seal(instance, target, secret);
        audit.Add(db, actor, AuditActions.NotificationAdded, instance.Name, detail: Words(target));
        await db.SaveChangesAsync(cancellationToken);
        return new AddedTarget(null, secret);
    }

    /// <summary>For the audit log. The rest of a webhook's address may be a secret of its own.</summary>
    private static string Words(NotificationTarget target) => target.Kind switch
    {
        NotificationKind.Webhook => $"Webhook at {new Uri(target.Address).Host}",
        NotificationKind.Email => $"E-mail to {target.Address}",
    };

    private static async Task<(NotificationTarget Target, Instance Instance)?> FindAsync(AppDbContext db, long targetId, CancellationToken cancellationToken) =>
        await db.NotificationTargets.AsNoTracking().Where(target => target.Id == targetId).Join(db.Instances, target => target.InstanceId, instance => instance.Id, (target, instance) => new { target, instance })
            .FirstOrDefaultAsync(cancellationToken) is { } found ? (found.target, found.instance) : null;
}

public sealed record TargetLine(long Id, NotificationKind Kind, string Address, DateTimeOffset? LastDeliveredAt, string? LastFailure);

/// <param name="Fault">Why it was not added; null when it was.</param>
/// <param name="Secret">The webhook's signing secret, shown this once.</param>
public sealed record AddedTarget(string? Fault, string? Secret);

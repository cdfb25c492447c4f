using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>What an admin decides about the fields of an instance. Each answers null, or why it was not done.</summary>
public sealed class FieldDecisions(
    IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, AuditLog audit, InstanceEvents events, InstanceChanges changes, TimeProvider time)
{
    private const string Gone = "This instance was removed meanwhile.";
    private const string Unknown = "This instance has no such field any more.";

    /// <summary>From the moment this is committed nothing of the fields is written, by no run either; what is stored of them is removed by a job.</summary>
    public async Task<string?> ExcludeAsync(long instanceId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        if (keys.Select(TicketFields.NeedOf).FirstOrDefault(static need => need is not null) is { } need)
        {
            // No button of ours asks for it.
            await audit.WriteAsync(actor, AuditActions.FieldExcluded, string.Join(", ", keys), AuditOutcome.Refused, need, cancellationToken);
            return need;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Before the database is held: of a large one it takes a second.
        var expected = await ExclusionPreviews.CountAsync(db, instanceId, keys, cancellationToken);
        return await DecideAsync(db, instanceId, async (instance, cancellation) =>
        {
            var fields = await FieldsAsync(db, instanceId, keys, cancellation);
            if (fields.Count < keys.Count)
            {
                return Unknown;
            }

            foreach (var field in fields.Where(static field => field.Storage is not FieldStorage.Excluded))
            {
                if (field.Storage is FieldStorage.Stored)
                {
                    db.FieldPurges.Add(new FieldPurge { FieldId = field.Id, RequestedBy = actor.Name, RequestedAt = time.GetUtcNow(), Expected = expected.GetValueOrDefault(field.Key) });
                }

                field.Storage = FieldStorage.Excluded;
                audit.Add(db, actor, AuditActions.FieldExcluded, instance, detail: field.Key);
            }

            var ids = fields.ConvertAll(static field => field.Id);
            await db.FieldStatistics.Where(statistics => ids.Contains(statistics.FieldId)).ExecuteDeleteAsync(cancellation);
            await db.ColumnStatistics.Where(statistics => keys.Contains(statistics.Key)).ExecuteDeleteAsync(cancellation);
            return null;
        }, cancellationToken);
    }

    /// <summary>From the next page on that a run writes. Tickets that are here already have the values when they are read again.</summary>
    public async Task<string?> StoreAsync(long instanceId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await DecideAsync(db, instanceId, async (instance, cancellation) =>
        {
            var fields = await db.MetadataFields.Where(field => field.InstanceId == instanceId && keys.Contains(field.Key) && field.Storage != FieldStorage.Stored).ToListAsync(cancellation);
            var ids = fields.ConvertAll(static field => field.Id);
            if (await db.FieldPurges.AnyAsync(purge => ids.Contains(purge.FieldId) && purge.EndedAt == null, cancellation))
            {
                return "What was stored of it is being removed still. Store it again when that has ended.";
            }

            foreach (var field in fields)
            {
                field.Storage = FieldStorage.Stored;
                audit.Add(db, actor, AuditActions.FieldStoredAgain, instance, detail: field.Key);
            }

            return null;
        }, cancellationToken);
    }

    /// <summary>What becomes of custom fields that are met for the first time from now on.</summary>
    public async Task<string?> SetNewFieldsAsync(long instanceId, bool areHeldBack, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        return await changes.ApplyAsync(actor, instanceId, AuditActions.NewFieldsSet, (_, instance) =>
        {
            instance.NewFields = areHeldBack ? FieldStorage.HeldBack : FieldStorage.Stored;
            return null;
        }, static instance => instance.NewFields is FieldStorage.HeldBack ? "held back until somebody decides" : "stored", cancellationToken);
    }

    private async Task<string?> DecideAsync(AppDbContext db, long instanceId, Func<string, CancellationToken, Task<string?>> decideAsync, CancellationToken cancellationToken)
    {
        var refusal = await db.TransactAsync(
            async cancellation =>
            {
                if (!await FieldCatalog.ClaimAsync(db, instanceId, cancellation))
                {
                    return Gone;
                }

                var instance = await db.Instances.Where(instance => instance.Id == instanceId).Select(instance => instance.Name).FirstAsync(cancellation);
                var refusal = await decideAsync(instance, cancellation);
                await db.SaveChangesAsync(cancellation);
                return refusal;
            },
            cancellationToken);
        if (refusal is null)
        {
            events.Publish(instanceId);
        }

        return refusal;
    }

    /// <summary>With their ids: a standard attribute gets its row with the first decision about it.</summary>
    private static async Task<List<MetadataField>> FieldsAsync(AppDbContext db, long instanceId, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        var fields = await db.MetadataFields.Where(field => field.InstanceId == instanceId && keys.Contains(field.Key)).ToListAsync(cancellationToken);
        foreach (var (key, name) in StandardFields.WithSubject.Where(standard => keys.Contains(standard.Key.Path, StringComparer.Ordinal) && !fields.Exists(field => string.Equals(field.Key, standard.Key.Path, StringComparison.Ordinal))))
        {
            fields.Add(new MetadataField { InstanceId = instanceId, Key = key.Path, Type = key.Type, DisplayName = name });
            db.MetadataFields.Add(fields[^1]);
        }

        await db.SaveChangesAsync(cancellationToken);
        return fields;
    }
}

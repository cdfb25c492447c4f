using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>
/// Removes what is stored of instances that were deleted: in short transactions, so that others write in between, and from where it was after a restart.
/// </summary>
internal sealed class InstanceRemover(IDbContextFactory<AppDbContext> contexts, InstanceEvents events, TimeProvider time, ILogger<InstanceRemover> logger) : WokenService(time, logger, "A deleted instance could not be removed whole")
{
    private const int TicketsAtOnce = 200;
    private const int RowsAtOnce = 2000;

    /// <summary>What a console that ended left undone, where there are several, waits no longer than this for another one.</summary>
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromMinutes(30);

    protected override void Listen() => events.Changed += _ => Wake();

    /// <summary>Removes everything that is to be removed now.</summary>
    protected override async Task<TimeSpan> WorkAsync(CancellationToken cancellationToken)
    {
        foreach (var instanceId in await DueAsync(cancellationToken))
        {
            while (await RemoveSomeAsync(instanceId, cancellationToken))
            {
                events.Publish(instanceId);
            }

            events.Publish(instanceId);
        }

        return s_longestSleep;
    }

    private async Task<List<long>> DueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Instances.Where(instance => instance.DeletingSince != null).Select(instance => instance.Id).ToListAsync(cancellationToken);
    }

    /// <returns>Whether more is left.</returns>
    private async Task<bool> RemoveSomeAsync(long instanceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isLeft = await db.TransactAsync(cancellation => RemoveSomeAsync(db, instanceId, cancellation), cancellationToken);
        if (!isLeft)
        {
            await db.EraseTracesAsync(cancellationToken);
        }

        return isLeft;
    }

    private async Task<bool> RemoveSomeAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        if (await RemoveTicketsAsync(db, instanceId, cancellationToken)
            || await db.Customers.Where(customer => customer.InstanceId == instanceId).OrderBy(customer => customer.Id).Take(RowsAtOnce).ExecuteDeleteAsync(cancellationToken) > 0
            || await db.KustomerRequests.Where(request => request.InstanceId == instanceId).OrderBy(request => request.Id).Take(RowsAtOnce).ExecuteDeleteAsync(cancellationToken) > 0)
        {
            return true;
        }

        await RemoveTheRestAsync(db, instanceId, cancellationToken);
        return false;
    }

    private static async Task<bool> RemoveTicketsAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        var ids = await db.Tickets.Where(ticket => ticket.InstanceId == instanceId).OrderBy(ticket => ticket.Id).Select(ticket => ticket.Id).Take(TicketsAtOnce).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return false;
        }

        // One by one: foreign keys are off on SQLite, for the speed of a sync.
        await db.TicketMetadata.Where(value => ids.Contains(value.TicketId)).ExecuteDeleteAsync(cancellationToken);
        await db.TicketAttributes.Where(attributes => ids.Contains(attributes.TicketId)).ExecuteDeleteAsync(cancellationToken);
        await db.TicketTags.Where(tag => ids.Contains(tag.TicketId)).ExecuteDeleteAsync(cancellationToken);
        await db.TicketChannels.Where(channel => ids.Contains(channel.TicketId)).ExecuteDeleteAsync(cancellationToken);
        await db.Tickets.Where(ticket => ids.Contains(ticket.Id)).ExecuteDeleteAsync(cancellationToken);
        await db.Instances.Where(instance => instance.Id == instanceId)
            .ExecuteUpdateAsync(set => set.SetProperty(instance => instance.TicketCount, instance => instance.TicketCount > ids.Count ? instance.TicketCount - ids.Count : 0), cancellationToken);
        return true;
    }

    private async Task RemoveTheRestAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken)
    {
        var fields = db.MetadataFields.Where(field => field.InstanceId == instanceId).Select(field => field.Id);
        await db.FieldStatistics.Where(statistics => fields.Contains(statistics.FieldId)).ExecuteDeleteAsync(cancellationToken);
        await db.FieldPurges.Where(purge => fields.Contains(purge.FieldId)).ExecuteDeleteAsync(cancellationToken);
        await db.MetadataFields.Where(field => field.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
        await db.TagNames.Where(tag => tag.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
        await db.QuarantinedRecords.Where(record => record.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
        await db.SyncRuns.Where(run => run.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
        await db.SyncForecasts.Where(forecast => forecast.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
        await db.KustomerRequestDays.Where(day => day.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
        var targets = db.NotificationTargets.Where(target => target.InstanceId == instanceId).Select(target => target.Id);
        await db.NotificationDeliveries.Where(delivery => targets.Contains(delivery.TargetId)).ExecuteDeleteAsync(cancellationToken);
        await db.NotificationTargets.Where(target => target.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
        await db.Problems.Where(problem => problem.InstanceId == instanceId).ExecuteDeleteAsync(cancellationToken);
        if (await db.Instances.FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken) is { } instance)
        {
            db.Instances.Remove(instance);
            db.AuditEntries.Add(AuditLog.NewEntry(Time.GetUtcNow(), Actor.System, AuditActions.InstanceRemoved, instance.Name, AuditOutcome.Succeeded, null));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}

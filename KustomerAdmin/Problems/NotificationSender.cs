using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Problems;

/// <summary>
/// Sends what <see cref="ProblemBook"/> wrote down to be told: each row once, with longer and longer pauses while the other side does not take it, and from where it
/// was after a restart. A message that was taken right before a crash may come twice; it carries its number.
/// </summary>
internal sealed partial class NotificationSender(IDbContextFactory<AppDbContext> contexts, NotificationPost post, ProblemEvents events, TimeProvider time, ILogger<NotificationSender> logger) : WokenService(time, logger, "Notifications could not be sent")
{
    private static readonly TimeSpan[] s_pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];
    private static readonly TimeSpan s_pace = TimeSpan.FromMinutes(1);

    /// <summary>Sends what is due, oldest first.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Time.GetUtcNow();
        var due = await db.NotificationDeliveries.Where(delivery => delivery.NextAttemptAt <= now).OrderBy(delivery => delivery.Id).Select(delivery => delivery.Id).ToListAsync(cancellationToken);
        foreach (var deliveryId in due)
        {
            try
            {
                await SendAsync(db, deliveryId, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(Logger, exception, deliveryId);
            }
        }
    }

    protected override void Listen() => events.Changed += Wake;

    protected override async Task<TimeSpan> WorkAsync(CancellationToken cancellationToken)
    {
        await SendDueAsync(cancellationToken);
        return s_pace;
    }

    private async Task SendAsync(AppDbContext db, long deliveryId, CancellationToken cancellationToken)
    {
        var found = await Find(db, deliveryId).FirstOrDefaultAsync(cancellationToken);
        if (found is null || !await TakeAsync(db, found.Delivery, cancellationToken))
        {
            return;
        }

        // Nobody need hear of what is over already, nor that something is over that they never heard of.
        if (found.Delivery.IsOver ? !found.WasTold : found.Problem.ClosedAt is not null)
        {
            await db.NotificationDeliveries.Where(delivery => delivery.Id == deliveryId).ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.NextAttemptAt, (DateTimeOffset?)null), cancellationToken);
            return;
        }

        var failure = await post.SendAsync(found.Instance, found.Target, NotificationMessage.Of(found.Delivery, found.Problem, found.Instance), cancellationToken);
        if (failure is not null)
        {
            Log.NotDelivered(Logger, deliveryId, found.Delivery.Attempts + 1);
        }

        // Not cancellable: whether it was taken is known now and at no other time.
        var now = Time.GetUtcNow();
        await db.NotificationDeliveries.Where(delivery => delivery.Id == deliveryId && failure == null)
            .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.DeliveredAt, now).SetProperty(delivery => delivery.NextAttemptAt, (DateTimeOffset?)null), CancellationToken.None);
        await NotificationTargets.NoteAsync(db, found.Target.Id, failure, now);
    }

    private static IQueryable<Found> Find(AppDbContext db, long deliveryId) =>
        from delivery in db.NotificationDeliveries.AsNoTracking()
        where delivery.Id == deliveryId
        join target in db.NotificationTargets on delivery.TargetId equals target.Id
        join problem in db.Problems on delivery.ProblemId equals problem.Id
        join instance in db.Instances on problem.InstanceId equals instance.Id
        select new Found(
            delivery, target, problem, instance,
            db.NotificationDeliveries.Any(other => other.ProblemId == problem.Id && other.TargetId == target.Id && !other.IsOver && other.DeliveredAt != null));

    /// <summary>Writes the next attempt down before this one: another console takes no row twice, and one that dies in the middle is followed by a later one.</summary>
    /// <returns>False when another console was faster.</returns>
    private async Task<bool> TakeAsync(AppDbContext db, NotificationDelivery delivery, CancellationToken cancellationToken)
    {
        var next = delivery.Attempts < s_pauses.Length ? Time.GetUtcNow() + s_pauses[delivery.Attempts] : (DateTimeOffset?)null;
        return await db.NotificationDeliveries.Where(row => row.Id == delivery.Id && row.Attempts == delivery.Attempts && row.NextAttemptAt == delivery.NextAttemptAt && row.NextAttemptAt != null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempts, delivery.Attempts + 1).SetProperty(row => row.NextAttemptAt, next), cancellationToken) > 0;
    }

    /// <param name="WasTold">The target has heard of the problem.</param>
    private sealed record Found(NotificationDelivery Delivery, NotificationTarget Target, Problem Problem, Instance Instance, bool WasTold);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Notification {DeliveryId} was not delivered at attempt {Attempt}")]
        public static partial void NotDelivered(ILogger logger, long deliveryId, int attempt);

        [LoggerMessage(Level = LogLevel.Error, Message = "Notification {DeliveryId} could not be sent; trying again later")]
        public static partial void Failed(ILogger logger, Exception exception, long deliveryId);
    }
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Problems;

/// <summary>
/// Sends what <see cref="ProblemBook"/> wrote down to be told: each row once, with longer and longer pauses while the other side does not take it, and from where it
/// was after a restart. A message that was taken right before a crash may come twice; it carries its number.
/// </summary>
internal sealed partial class NotificationSender(IDbContextFactory<AppDbContext> contexts, NotificationPost post, ProblemEvents events, TimeProvider time, ILogger<NotificationSender> logger) : BackgroundService
{
    private static readonly TimeSpan[] s_pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];
    private static readonly TimeSpan s_pace = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _wake = new(1);

    /// <summary>Sends what is due.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = await db.NotificationDeliveries.Where(delivery => delivery.NextAttemptAt <= now).OrderBy(delivery => delivery.Id)
            .Join(db.NotificationTargets, delivery => delivery.TargetId, target => target.Id, (delivery, target) => new { Delivery = delivery, Target = target })
            .Join(db.Problems, pair => pair.Delivery.ProblemId, problem => problem.Id, (pair, problem) => new { pair.Delivery, pair.Target, Problem = problem })
            .Join(db.Instances, entry => entry.Problem.InstanceId, instance => instance.Id, (entry, instance) => new { entry.Delivery, entry.Target, entry.Problem, Instance = instance })
            .ToListAsync(cancellationToken);
        foreach (var entry in due)
        {
            var message = new NotificationMessage(
                entry.Delivery.Id, entry.Delivery.IsOver ? "problem.closed" : "problem.opened", entry.Instance.Name, entry.Problem.Kind,
                entry.Problem.Cause, entry.Problem.Affects, entry.Problem.NextStep, entry.Problem.OpenedAt, entry.Delivery.IsOver ? entry.Problem.ClosedAt : null);
            var failure = entry.Target.IsOn ? await post.SendAsync(entry.Instance, entry.Target, message, cancellationToken) : null;
            Note(entry.Delivery, entry.Target, failure);
            await db.SaveChangesAsync(CancellationToken.None);
        }
    }

    public override void Dispose()
    {
        events.Changed -= OnChanged;
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        events.Changed += OnChanged;
        using var minute = time.CreateTimer(_ => OnChanged(), null, s_pace, s_pace);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await _wake.WaitAsync(stoppingToken);
                await SendDueAsync(stoppingToken);
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

    private void Note(NotificationDelivery delivery, NotificationTarget target, string? failure)
    {
        var now = time.GetUtcNow();
        delivery.Attempts++;
        target.LastFailure = failure;
        if (failure is null)
        {
            (delivery.DeliveredAt, delivery.NextAttemptAt, target.LastDeliveredAt) = (now, null, now);
            return;
        }

        delivery.NextAttemptAt = delivery.Attempts <= s_pauses.Length ? now + s_pauses[delivery.Attempts - 1] : null;
        Log.NotDelivered(logger, delivery.Id, delivery.Attempts);
    }

    private void OnChanged() => _wake.Release();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Notification {DeliveryId} was not delivered at attempt {Attempt}")]
        public static partial void NotDelivered(ILogger logger, long deliveryId, int attempt);

        [LoggerMessage(Level = LogLevel.Error, Message = "Notifications could not be sent; trying again in a minute")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

using KustomerAdmin.Data.Entities;
using KustomerAdmin.Problems;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Problems;

/// <summary>The console looks and tells without anybody's doing.</summary>
public sealed class TellingByItselfTests
{
    [Fact]
    public async Task Problem_Begins_IsFoundAndTold()
    {
        var told = new TaskCompletionSource();
        await using var hook = await LocalServer.StartAsync(context =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        });
        await using var place = await Workplace.StartAsync(isScheduled: true, settings: [("Notifications:AllowPrivateAddresses", "true")]);
        var instanceId = await place.App.ConnectAsync(place.Acme);
        await place.App.WaitForAsync(instanceId, instance => instance is { Run: RunState.Idle, LastRanAt: not null });
        (await place.App.AsAdminAsync<NotificationTargets, AddedTarget>(targets => targets.AddAsync(instanceId, NotificationKind.Webhook, hook.Address.AbsoluteUri, default))).Fault.ShouldBeNull();

        await place.App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).KeyExpiresAt = place.Clock.GetUtcNow().AddDays(3));
        place.App.Events.Publish(instanceId);
        while (!told.Task.IsCompleted)
        {
            // It rests a second between two looks.
            await Task.WhenAny(told.Task, place.Clock.WaitForAlarmAsync(TimeSpan.Zero, TimeSpan.FromSeconds(1)));
            place.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        hook.Requests[0].ShouldBe("POST /");
    }
}

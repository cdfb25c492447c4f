using System.Text;
using System.Text.Json;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Problems;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Problems;

/// <summary>Who is told of what, how often, and what happens when they do not listen.</summary>
public sealed class TellingTests : NotifyingTest
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Problem_ComesAndGoes_IsToldOnceAndOnceWhenItIsOver()
    {
        var secret = await AddHookAsync();

        await SetKeyEndAsync(20 * s_day);
        await LookAndTellAsync();
        var isSigned = IsSigned(0, secret);
        Place.Clock.Advance(TimeSpan.FromHours(1));
        await SetKeyEndAsync(null);
        await LookAndTellAsync();

        isSigned.ShouldBeTrue();
        IsSigned(1, secret).ShouldBeTrue();
        IsSigned(1, secret + "x").ShouldBeFalse();
        Told.Select(static told => told.GetProperty("event").GetString()).ShouldBe(["problem.opened", "problem.closed"]);
        Told[0].ShouldSatisfyAllConditions(
            told => told.GetProperty("instance").GetString().ShouldBe("acme"),
            told => told.GetProperty("kind").GetString().ShouldBe("KeyEnding"),
            told => told.GetProperty("cause").GetString().ShouldBe("The key ends on 21 Oct 2026, 12:00 UTC."),
            told => told.GetProperty("affects").GetString().ShouldNotBeNullOrEmpty(),
            told => told.GetProperty("nextStep").GetString().ShouldNotBeNullOrEmpty(),
            told => told.GetProperty("closedAt").ValueKind.ShouldBe(JsonValueKind.Null));
        Told[1].GetProperty("closedAt").GetDateTimeOffset().ShouldBe(Place.Clock.GetUtcNow());
        Told[0].GetProperty("id").GetInt64().ShouldNotBe(Told[1].GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task KeyEnding_Approaches_IsToldAtEachStageAndNotBetween()
    {
        await AddHookAsync();

        foreach (var days in (int[])[31, 30, 29, 15, 14, 13, 8, 7, 6, 2, 1, 0])
        {
            await SetKeyEndAsync(days * s_day);
        }

        Told.Count.ShouldBe(4);
        await SetKeyEndAsync(400 * s_day);
        Told.Count.ShouldBe(5);
        Told[^1].GetProperty("event").GetString().ShouldBe("problem.closed");
    }

    [Fact]
    public async Task Problem_OverBeforeSomebodyWasAdded_IsNotToldThem()
    {
        await SetKeyEndAsync(20 * s_day);
        await AddHookAsync();

        await SetKeyEndAsync(null);

        Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Webhook_DoesNotTakeIt_IsTriedAgainLaterAndLaterAndGivenUp()
    {
        await AddHookAsync();
        Status = 503;
        await SetKeyEndAsync(20 * s_day);
        List<int> attempts = [Told.Count];
        foreach (var minutes in (double[])[0.9, 0.1, 4.9, 0.1, 29.9, 0.1, 120, 360, 100_000])
        {
            Place.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await App.SendNotificationsAsync();
            attempts.Add(Told.Count);
        }

        attempts.ShouldBe([1, 1, 2, 2, 3, 3, 4, 5, 6, 6]);
        (await TargetAsync()).LastFailure.ShouldBe("The webhook answered with status 503.");
        Status = 200;
        await SetKeyEndAsync(null);
        Told.Count(static told => told.GetProperty("kind").GetString() is "KeyEnding").ShouldBe(6, "who never heard of it need not hear that it is over");
    }

    [Fact]
    public async Task Webhook_TakesItTheSecondTime_IsNotToldAThirdTime()
    {
        await AddHookAsync();
        Status = 500;
        await SetKeyEndAsync(20 * s_day);
        Status = 200;
        Place.Clock.Advance(TimeSpan.FromMinutes(1));
        await LookAndTellAsync();
        Place.Clock.Advance(TimeSpan.FromDays(2));
        await App.SendNotificationsAsync();

        Told.Count(static told => told.GetProperty("kind").GetString() is "KeyEnding").ShouldBe(2);
        (await TargetAsync()).ShouldSatisfyAllConditions(target => target.LastFailure.ShouldBeNull(), target => target.LastDeliveredAt.ShouldNotBeNull());
    }

    [Fact]
    public async Task Problem_OverBeforeItCouldBeTold_IsNotTold()
    {
        await AddHookAsync();
        Status = 500;
        await SetKeyEndAsync(20 * s_day);
        Status = 200;
        await SetKeyEndAsync(null);
        Place.Clock.Advance(TimeSpan.FromMinutes(1));
        await App.SendNotificationsAsync();

        Told.Count.ShouldBe(1, "the one that was not taken");
    }

    [Fact]
    public async Task Consoles_TwoAtTheSameMoment_TellItOnce()
    {
        await AddHookAsync();
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).KeyExpiresAt = Place.Clock.GetUtcNow() + (20 * s_day));
        await App.LookForProblemsAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => App.SendNotificationsAsync()));

        Told.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Removed_Address_IsToldNothingMore()
    {
        await AddHookAsync();
        Status = 500;
        await SetKeyEndAsync(20 * s_day);

        (await App.AsAdminAsync<NotificationTargets, string?>(async targets => await targets.RemoveAsync((await TargetAsync()).Id, default))).ShouldBeNull();
        Place.Clock.Advance(TimeSpan.FromMinutes(1));
        await App.SendNotificationsAsync();

        Told.Count.ShouldBe(1);
        (await App.StoredAsync(db => db.NotificationDeliveries.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Test_Pressed_IsSentSignedAndAudited()
    {
        var secret = await AddHookAsync();

        (await TestAsync()).ShouldBeNull();
        Status = 404;
        (await TestAsync()).ShouldBe("The webhook answered with status 404.");

        Told.Select(static told => told.GetProperty("event").GetString()).ShouldBe(["test", "test"]);
        IsSigned(0, secret).ShouldBeTrue();
        (await App.StoredAsync(db => db.AuditEntries.Where(entry => entry.Action == AuditActions.NotificationTested).OrderBy(entry => entry.Id).Select(entry => entry.Outcome).ToListAsync()))
            .ShouldBe([AuditOutcome.Succeeded, AuditOutcome.Failed]);
    }

    [Fact]
    public async Task Secret_AfterItWasShown_IsNowhereInTheClear()
    {
        var secret = await AddHookAsync();
        await SetKeyEndAsync(20 * s_day);
        var envelope = await App.StoredAsync(db => db.NotificationTargets.Select(target => target.SecretEnvelope).SingleAsync());
        await App.AsAdminAsync<NotificationTargets, string?>(async targets => await targets.RemoveAsync((await TargetAsync()).Id, default));

        App.Log.All.ShouldAllBe(line => !line.Contains(secret));
        App.FilesOnDisk().Where(file => Contains(file.Content, secret)).Select(static file => file.File).ShouldBeEmpty();
        App.FilesOnDisk().Where(file => Contains(file.Content, envelope!)).Select(static file => file.File).ShouldBeEmpty("the address was removed, and its secret with it");
    }

    private static bool Contains(byte[] content, string text) => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private Task<string?> TestAsync() => App.AsAdminAsync<NotificationTargets, string?>(async targets => await targets.TestAsync((await TargetAsync()).Id, default));
}

using System.Text;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Connecting;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Integrations;

/// <summary>With the console's own schedule, as it runs at the operator's.</summary>
public sealed class DisconnectingTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(isScheduled: true);
        _instanceId = await App.ConnectAsync(_place.Acme);
        await App.WaitForAsync(_instanceId, instance => instance is { Run: RunState.Idle, LastRanAt: not null });
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Connected_Instance_SyncsByItselfAndAgainAfterTheInterval()
    {
        var first = await App.InstanceAsync(_instanceId);
        await _place.Clock.WaitForAlarmAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        var created = _place.Acme.Create("A new question");

        for (var half = 0; half < 31; half++)
        {
            await _place.Clock.WaitForAlarmAsync(TimeSpan.Zero, TimeSpan.FromSeconds(30));
            _place.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        var second = await App.WaitForAsync(_instanceId, instance => instance.LastRanAt > first.LastRanAt);
        first.TicketCount.ShouldBe(60);
        second.TicketCount.ShouldBe(61);
        (await App.StoredAsync(db => db.Tickets.AnyAsync(ticket => ticket.KustomerId == created))).ShouldBeTrue();
    }

    [Fact]
    public async Task Disconnect_Confirmed_ErasesTheKeyAndKeepsTheTickets()
    {
        var before = await App.InstanceAsync(_instanceId);

        (await App.DisconnectAsync(_instanceId)).ShouldBeNull();

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.Disconnected),
            instance => (instance.KeyEnvelope, instance.KeyLastFour, instance.NextRunAt).ShouldBe((null, null, null)),
            instance => instance.Epoch.ShouldBe(before.Epoch + 1),
            instance => instance.TicketCount.ShouldBe(60));
        (await App.StoredAsync(db => db.Tickets.CountAsync())).ShouldBe(60);
        (await App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).Select(entry => entry.Action).LastAsync())).ShouldBe(AuditActions.InstanceDisconnected);
        App.FilesOnDisk().ShouldAllBe(file => !Encoding.ASCII.GetString(file.Content).Contains(before.KeyEnvelope!));
    }

    [Fact]
    public async Task Disconnect_Twice_IsRefusedTheSecondTime()
    {
        await App.DisconnectAsync(_instanceId);

        (await App.DisconnectAsync(_instanceId)).ShouldNotBeNull();
        (await RequestSyncAsync()).ShouldBe("Only a connected instance can sync.");
    }

    [Fact]
    public async Task Reconnect_WithAKey_FillsTheGapOfItsOwnTickets()
    {
        var cursor = (await App.InstanceAsync(_instanceId)).SyncCursor;
        var disconnectedAt = _place.Clock.GetUtcNow();
        await App.DisconnectAsync(_instanceId);
        _place.Clock.Advance(TimeSpan.FromDays(3));
        _place.Acme.Create("Meanwhile");
        _place.Acme.Delete(await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.InstanceId == _instanceId).OrderBy(ticket => ticket.Id).Select(ticket => ticket.KustomerId).FirstAsync()));

        var none = await ReconnectAsync(null);
        var good = await ReconnectAsync(_place.Acme.Keys.ReadOnly);
        var after = await App.WaitForAsync(_instanceId, instance => instance.DisconnectedAt is null);

        none.ShouldBeOfType<ConnectResult.Invalid>().Field.ShouldBe(ConnectField.ApiKey);
        good.ShouldBeOfType<ConnectResult.Connected>().InstanceId.ShouldBe(_instanceId);
        after.SyncCursor.ShouldNotBeNull().ShouldBeGreaterThan(cursor!.Value);
        after.TicketCount.ShouldBe(60);
        (await App.StoredAsync(db => db.SyncRuns.OrderBy(run => run.Id).LastAsync(run => run.Kind == RunKind.Update))).ShouldSatisfyAllConditions(
            run => run.Added.ShouldBe(1),
            run => run.Unchanged.ShouldBeLessThan(20),
            run => run.StartedBy.ShouldBe(TestApp.AdminName));
        (await App.StoredAsync(db => db.SyncRuns.OrderBy(run => run.Id).LastAsync())).ShouldSatisfyAllConditions(
            run => run.Kind.ShouldBe(RunKind.Reconciliation, "it finds what was deleted meanwhile"),
            run => run.Note.ShouldBe($"Since the disconnect on {disconnectedAt:yyyy-MM-dd HH:mm} UTC: 1 new, 1 deleted or merged."));
    }

    [Fact]
    public async Task Reconnect_WrongKey_WaitsToBeFixedAndStoresNoKey()
    {
        await App.DisconnectAsync(_instanceId);

        (await ReconnectAsync("a-key-nobody-knows")).ShouldBeOfType<ConnectResult.NotAuthenticated>();

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.NotAuthenticated),
            instance => instance.KeyEnvelope.ShouldBeNull(),
            instance => instance.OrganizationId.ShouldBe(_place.Acme.Id));
    }

    [Fact]
    public async Task SyncNow_Requested_RunsAndNamesWhoAsked()
    {
        var before = await App.InstanceAsync(_instanceId);
        _place.Clock.Advance(TimeSpan.FromSeconds(20));

        (await RequestSyncAsync()).ShouldBeNull();

        await App.WaitForAsync(_instanceId, instance => instance.LastRanAt > before.LastRanAt);
        (await App.StoredAsync(db => db.SyncRuns.OrderBy(run => run.Id).LastAsync())).StartedBy.ShouldBe(TestApp.AdminName);
    }

    [Fact]
    public async Task List_OfInstances_ShowsWhatIsStored()
    {
        var line = (await App.AsAdminAsync<InstanceList, IReadOnlyList<InstanceLine>>(list => list.ReadAsync(CancellationToken.None))).ShouldHaveSingleItem();

        line.ShouldSatisfyAllConditions(
            () => (line.Name, line.Subdomain, line.Credential, line.Run).ShouldBe(("acme", "acme", CredentialState.Connected, RunState.Idle)),
            () => line.TicketCount.ShouldBe(60),
            () => line.Progress.ShouldBeNull(),
            () => line.IsSetupCancellable.ShouldBeFalse(),
            () => line.RequestCount.ShouldBe(_place.Sandbox.Requests.Counts.Values.Sum()));
    }

    private Task<string?> RequestSyncAsync() => App.AsAdminAsync<InstanceActions, string?>(service => service.RequestSyncAsync(_instanceId, CancellationToken.None));

    private Task<ConnectResult> ReconnectAsync(string? key) =>
        App.AsAdminAsync<InstanceService, ConnectResult>(service => service.ReconnectAsync(_instanceId, new ConnectRequest("x", "y", key), CancellationToken.None));
}

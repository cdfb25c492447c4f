using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Integrations.Checking;

/// <summary>Connections that are checked by themselves.</summary>
public sealed class ConnectionWatchTests : IAsyncLifetime
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _instanceId = await App.ConnectAsync(_place.Acme);
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Check_OfAnHourAgo_IsRepeatedOnce()
    {
        _place.Clock.Advance(s_hour - TimeSpan.FromMinutes(1));
        await App.CheckConnectionsAsync();
        var before = await ChecksAsync();
        _place.Clock.Advance(TimeSpan.FromMinutes(1));
        await App.CheckConnectionsAsync();
        await App.CheckConnectionsAsync();

        before.ShouldBe(TestApp.RequestsOfACheck, "those of connecting");
        (await ChecksAsync()).ShouldBe(2 * TestApp.RequestsOfACheck);
        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.CheckedAt.ShouldBe(_place.Clock.GetUtcNow()),
            instance => instance.LackedParts.ShouldBeNull());
    }

    [Fact]
    public async Task Check_KeyRejected_IsNotAuthenticatedWithAuditAndProblem()
    {
        _place.Acme.Revoke(_place.Acme.Keys.ReadOnly);
        var ranAt = (await App.InstanceAsync(_instanceId)).LastRanAt;
        _place.Clock.Advance(s_hour);

        await App.CheckConnectionsAsync();
        await App.LookForProblemsAsync();

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.NotAuthenticated),
            instance => instance.KeyEnvelope.ShouldBeNull(),
            instance => instance.LastRanAt.ShouldBe(ranAt, "no run was under way"),
            instance => instance.CredentialNote.ShouldNotBeNull().ShouldContain("Kustomer does not accept this API key."));
        (await App.StoredAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.KeyRejected))).ShouldBe(1);
        (await App.StoredAsync(db => db.Problems.SingleAsync())).Kind.ShouldBe(ProblemKind.Credentials);
        _place.Clock.Advance(s_hour);
        await App.CheckConnectionsAsync();
        (await ChecksAsync()).ShouldBe(TestApp.RequestsOfACheck + 1, "there is no key any more");
    }

    [Fact]
    public async Task Check_KeyRefusedByItsAddress_IsFailedAndKeepsTheKey()
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Status = 401, Message = "IP address 203.0.113.9 is not in the token's CIDR" });
        var before = await App.InstanceAsync(_instanceId);
        _place.Clock.Advance(s_hour);

        await App.CheckConnectionsAsync();
        var report = (await App.AsAdminAsync<ConnectionRecheck, ConnectionReport?>(recheck => recheck.RunAsync(_instanceId, default))).ShouldNotBeNull();

        report.Lines[^1].Outcome.ShouldBe(CheckOutcome.Failed);
        report.Obstacle.ShouldNotBeNull().ShouldContain("Add the address to the key's IP restriction");
        var after = await App.InstanceAsync(_instanceId);
        (after.Credential, after.KeyEnvelope, after.Epoch, after.CheckedAt).ShouldBe((CredentialState.Connected, before.KeyEnvelope, before.Epoch, _place.Clock.GetUtcNow()));
        var entry = await App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).LastAsync());
        (entry.Action, entry.Outcome, entry.Detail).ShouldBe((AuditActions.ConnectionChecked, AuditOutcome.Failed, report.Obstacle));
    }

    [Fact]
    public async Task Check_RoleLost_IsAProblem()
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Endpoint = "/v1/customers/search", Kind = FaultKind.MissingRole });
        _place.Clock.Advance(s_hour);

        await App.CheckConnectionsAsync();
        await App.LookForProblemsAsync();

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.Connected),
            instance => instance.LackedParts.ShouldBe("Ticket search"));
        (await App.StoredAsync(db => db.Problems.SingleAsync())).ShouldSatisfyAllConditions(
            problem => problem.Kind.ShouldBe(ProblemKind.MissingRoles),
            problem => problem.Affects.ShouldBe("Nothing can be synced."));
    }

    [Theory]
    [InlineData(FaultKind.ConnectionReset)]
    [InlineData(FaultKind.HtmlPage)]
    [InlineData(FaultKind.MalformedJson)]
    public async Task Check_CouldNotBeMade_ChangesNothing(FaultKind kind)
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Kind = kind });
        var before = await App.InstanceAsync(_instanceId);
        _place.Clock.Advance(s_hour);

        await App.CheckConnectionsAsync();

        var after = await App.InstanceAsync(_instanceId);
        (after.Credential, after.CredentialNote, after.KeyEnvelope, after.LackedParts, after.Epoch).ShouldBe((before.Credential, before.CredentialNote, before.KeyEnvelope, before.LackedParts, before.Epoch));
        after.CheckedAt.ShouldBe(_place.Clock.GetUtcNow(), "the next hour is soon enough");
    }

    [Fact]
    public async Task Check_OneKeyCannotBeDecrypted_GoesOnWithTheOthers()
    {
        var globex = await App.ConnectAsync(_place.Globex);
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync(instance => instance.Id == _instanceId)).KeyEnvelope = "v1.broken");
        _place.Clock.Advance(s_hour);

        await App.CheckConnectionsAsync();

        (await App.InstanceAsync(globex)).CheckedAt.ShouldBe(_place.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Check_ANewKeyRejectedBeforeItsFirstGoodRun_GoesBackToTheOldOne()
    {
        (await App.AsAdminAsync<KeyReplacement, ReplaceResult>(keys => keys.ReplaceAsync(_instanceId, _place.Acme.Keys.Full, default))).Refusal.ShouldBeNull();
        _place.Acme.Revoke(_place.Acme.Keys.Full);
        _place.Clock.Advance(s_hour);

        await App.CheckConnectionsAsync();

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.Connected),
            instance => instance.KeyLastFour.ShouldBe(_place.Acme.Keys.ReadOnly[^4..], "the new one never had a good run"),
            instance => instance.CredentialNote.ShouldNotBeNull().ShouldContain("went back to the key before it"));
    }

    [Fact]
    public async Task Watch_ByItself_ChecksWhatIsDueWithinAMinute()
    {
        using var watch = App.NewConnectionWatch();
        await watch.StartAsync(default);
        await _place.Clock.WaitForAlarmAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        _place.Clock.Advance(s_hour);

        await App.WaitForAsync(_instanceId, instance => instance.CheckedAt == _place.Clock.GetUtcNow());

        await watch.StopAsync(default);
    }

    private async Task<int> ChecksAsync() => (await App.LedgerAsync()).Count(static line => line.Purpose is RequestPurpose.ConnectionCheck);
}

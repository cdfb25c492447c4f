using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Integrations.Connecting;

public sealed class ReplacingKeysTests : IAsyncLifetime
{
    private Workplace _place = null!;
    private long _instanceId;

    private TestApp App => _place.App;

    private SandboxKeys Keys => _place.Acme.Keys;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync();
        _instanceId = await App.ConnectAsync(_place.Acme);
        await App.RunSyncAsync(_instanceId);
    }

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Replace_GoodKey_TakesOverAndTheOldOneIsKeptUntilTheFirstGoodRun()
    {
        var result = await ReplaceAsync(Keys.EndingSoon);

        result.Refusal.ShouldBeNull();
        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.KeyLastFour.ShouldBe(Keys.EndingSoon[^4..]),
            instance => instance.OldKeyLastFour.ShouldBe(Keys.ReadOnly[^4..]),
            instance => instance.OldKeyEnvelope.ShouldNotBeNull(),
            instance => instance.KeyExpiresAt.ShouldNotBeNull());

        (await App.RunSyncAsync(_instanceId)).Outcome.ShouldBe(RunOutcome.Succeeded);

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.OldKeyEnvelope.ShouldBeNull("it was kept only until then"),
            instance => instance.OldKeyLastFour.ShouldBe(Keys.ReadOnly[^4..], "somebody has to delete it in Kustomer"));
        (await App.AsAdminAsync<KeyReplacement, string?>(keys => keys.ForgetOldKeyAsync(_instanceId, default))).ShouldBeNull();
        (await App.InstanceAsync(_instanceId)).OldKeyLastFour.ShouldBeNull();
    }

    [Fact]
    public async Task Replace_KeyRejectedInItsFirstRun_ComesBackToTheOldOne()
    {
        (await ReplaceAsync(Keys.Full)).Refusal.ShouldBeNull();
        _place.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Status = 401, Times = 2 });

        var run = await App.RunSyncAsync(_instanceId);

        run.Note.ShouldNotBeNull().ShouldEndWith("The console went back to the key before it.");
        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.Connected),
            instance => instance.KeyLastFour.ShouldBe(Keys.ReadOnly[^4..]),
            instance => instance.OldKeyEnvelope.ShouldBeNull(),
            instance => instance.CredentialNote.ShouldNotBeNull().ShouldContain("went back to the key before it"));
        (await App.RunSyncAsync(_instanceId)).Outcome.ShouldBe(RunOutcome.Succeeded);
    }

    [Fact]
    public async Task Replace_AgainAndAgain_RemindsOfEveryKey()
    {
        await ReplaceAsync(Keys.Full);
        await ReplaceAsync(Keys.EndingSoon);

        (await App.InstanceAsync(_instanceId)).OldKeyLastFour.ShouldBe($"{Keys.ReadOnly[^4..]} {Keys.Full[^4..]}", "the second one never ran, but is there");
        await App.RunSyncAsync(_instanceId);
        await ReplaceAsync(Keys.Full);
        (await App.InstanceAsync(_instanceId)).OldKeyLastFour.ShouldBe($"{Keys.ReadOnly[^4..]} {Keys.EndingSoon[^4..]}", "the one in use is not to be deleted");
    }

    [Fact]
    public async Task Replace_SecondKeyRejected_ComesBackToTheFirstAndRemindsOfTheOneBetween()
    {
        await ReplaceAsync(Keys.Full);
        await ReplaceAsync(Keys.EndingSoon);
        _place.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Status = 401, Times = 2 });

        await App.RunSyncAsync(_instanceId);

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => (instance.KeyLastFour, instance.IsKeyOfSession).ShouldBe((Keys.ReadOnly[^4..], false)),
            instance => instance.OldKeyLastFour.ShouldBe(Keys.Full[^4..]));
    }

    [Theory]
    [InlineData("without messages", "The new key cannot all that the present one can: Messages. The present key stays in use.")]
    [InlineData("globex", "This key belongs to globex, not to acme. Use a key of acme, or change the subdomain. The present key stays in use.")]
    [InlineData("expired", "The API key has expired. Create a new key in Kustomer and enter it here. The present key stays in use.")]
    [InlineData("same", "This is the key that is in use already.")]
    [InlineData("", "Paste the new API key: without blanks, as Kustomer showed it.")]
    public async Task Replace_WorseKey_IsRefusedAndNothingChanges(string which, string refusal)
    {
        var before = await App.InstanceAsync(_instanceId);
        var key = which switch { "without messages" => Keys.WithoutMessages, "globex" => _place.Globex.Keys.Full, "expired" => Keys.Expired, "same" => Keys.ReadOnly, _ => which };

        (await ReplaceAsync(key)).Refusal.ShouldBe(refusal);

        (await App.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.KeyEnvelope.ShouldBe(before.KeyEnvelope),
            instance => (instance.OldKeyEnvelope, instance.OldKeyLastFour).ShouldBe((null, null)));
    }

    [Fact]
    public async Task Replace_TwiceAtTheSameMoment_IsDoneOnce()
    {
        var results = await Task.WhenAll(ReplaceAsync(Keys.Full), ReplaceAsync(Keys.EndingSoon));

        results.Count(result => result.Refusal is null).ShouldBe(1);
        (await App.StoredAsync(db => db.AuditEntries.CountAsync(entry => entry.Action == AuditActions.KeyReplaced && entry.Outcome == AuditOutcome.Succeeded))).ShouldBe(1);
    }

    [Fact]
    public async Task Disconnect_AfterAReplacement_ErasesBothKeys()
    {
        await ReplaceAsync(Keys.Full);

        (await App.DisconnectAsync(_instanceId)).ShouldBeNull();

        var instance = await App.InstanceAsync(_instanceId);
        (instance.KeyEnvelope, instance.OldKeyEnvelope).ShouldBe((null, null));
    }

    private Task<ReplaceResult> ReplaceAsync(string key) => App.AsAdminAsync<KeyReplacement, ReplaceResult>(keys => keys.ReplaceAsync(_instanceId, key, CancellationToken.None));
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Integrations.Connecting;

public sealed class ConnectingTests : IAsyncLifetime
{
    private Workplace _place = null!;

    private TestApp App => _place.App;

    private SandboxKeys Keys => _place.Acme.Keys;

    public async Task InitializeAsync() => _place = await Workplace.StartAsync();

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Connect_GoodKey_IsConnectedAndItsFirstRunStartsByItselfAtTheLatestInTenMinutes()
    {
        var result = (await ConnectAsync(Keys.ReadOnly)).ShouldBeOfType<ConnectResult.Connected>();

        result.Report.Lines.ShouldAllBe(line => line.Outcome == CheckOutcome.Passed);
        (await App.InstanceAsync(result.InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.Connected),
            instance => instance.OrganizationId.ShouldBe(_place.Acme.Id),
            instance => instance.KeyLastFour.ShouldBe(Keys.ReadOnly[^4..]),
            instance => instance.KeyEnvelope.ShouldNotBeNull().ShouldNotContain(Keys.ReadOnly),
            instance => instance.NextRunAt.ShouldBe(_place.Clock.GetUtcNow().AddMinutes(10)));
        (await AuditAsync()).ShouldBe([(AuditActions.InstanceConnected, "Acme", AuditOutcome.Succeeded)]);
        _place.Sandbox.Requests.Counts.Values.Sum().ShouldBe(TestApp.RequestsOfACheck);
    }

    [Fact]
    public async Task Connect_KeyLacksARole_ConnectsAndNamesTheMissingRole()
    {
        var result = (await ConnectAsync(Keys.WithoutMessages)).ShouldBeOfType<ConnectResult.Connected>();

        result.Report.Lines.Single(line => line.Outcome is CheckOutcome.Warning).Sentence.ShouldBe("Messages will not open: the key lacks org.permission.message.read.");
    }

    [Fact]
    public async Task Connect_KeyThatEndsSoon_KnowsWhen()
    {
        var result = (await ConnectAsync(Keys.EndingSoon)).ShouldBeOfType<ConnectResult.Connected>();

        (await App.InstanceAsync(result.InstanceId)).KeyExpiresAt.ShouldNotBeNull().ShouldBeInRange(_place.Clock.GetUtcNow().AddDays(11), _place.Clock.GetUtcNow().AddDays(13));
    }

    [Theory]
    [InlineData("wrong", "Kustomer does not accept this API key. Check that it was copied whole and still exists in Kustomer; a key that is restricted to other network addresses is refused as well.")]
    [InlineData("expired", "The API key has expired. Create a new key in Kustomer and enter it here.")]
    [InlineData("globex", "This key belongs to globex, not to acme. Use a key of acme, or change the subdomain.")]
    public async Task Connect_KeyThatDoesNotWork_CreatesTheInstanceWithoutTheKey(string which, string obstacle)
    {
        var key = which is "wrong" ? "a-key-nobody-knows" : which is "expired" ? Keys.Expired : _place.Globex.Keys.Full;

        var result = (await ConnectAsync(key)).ShouldBeOfType<ConnectResult.NotAuthenticated>();

        (await App.InstanceAsync(result.InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.NotAuthenticated),
            instance => instance.CredentialNote.ShouldBe(obstacle),
            instance => (instance.Name, instance.Subdomain).ShouldBe(("Acme", "acme")),
            instance => (instance.KeyEnvelope, instance.KeyLastFour, instance.OrganizationId, instance.NextRunAt).ShouldBe((null, null, null, null)));
        (await AuditAsync()).ShouldBe([(AuditActions.InstanceConnected, "Acme", AuditOutcome.Failed)]);
    }

    [Theory]
    [InlineData(FaultKind.ConnectionReset, null)]
    [InlineData(FaultKind.HtmlPage, null)]
    [InlineData(FaultKind.Redirect, null)]
    [InlineData(FaultKind.Status, 503)]
    [InlineData(FaultKind.Status, 429)]
    public async Task Connect_KustomerCannotBeAsked_IsNotTestedRatherThanABadKey(FaultKind kind, int? status)
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Kind = kind, Status = status });

        var result = (await ConnectAsync(Keys.ReadOnly)).ShouldBeOfType<ConnectResult.NotAuthenticated>();

        var line = result.Report.Lines.Single(line => line.Outcome is not CheckOutcome.Passed);
        line.Outcome.ShouldBe(CheckOutcome.NotTested);
        line.Sentence.ShouldStartWith("Could not be tested:");
    }

    [Theory]
    [InlineData("", "acme", "k", ConnectField.Name)]
    [InlineData("a\nb", "acme", "k", ConnectField.Name)]
    [InlineData("Acme", "evil.example/", "k", ConnectField.Subdomain)]
    [InlineData("Acme", "acme", "", ConnectField.ApiKey)]
    [InlineData("Acme", "acme", "two words", ConnectField.ApiKey)]
    public async Task Connect_FieldThatCannotBeUsed_SendsAndStoresNothing(string name, string subdomain, string key, ConnectField field)
    {
        var result = (await App.TryConnectAsync(new ConnectRequest(name, subdomain, key))).ShouldBeOfType<ConnectResult.Invalid>();

        result.Field.ShouldBe(field);
        _place.Sandbox.Requests.Counts.ShouldBeEmpty();
        (await App.StoredAsync(db => db.Instances.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Connect_TwiceAtTheSameMoment_MakesOne()
    {
        var results = await Task.WhenAll(ConnectAsync(Keys.ReadOnly), ConnectAsync(Keys.ReadOnly), ConnectAsync(Keys.ReadOnly));

        var connected = results.OfType<ConnectResult.Connected>().ShouldHaveSingleItem();
        results.OfType<ConnectResult.AlreadyThere>().Select(result => result.InstanceId).ShouldBe([connected.InstanceId, connected.InstanceId]);
        (await App.StoredAsync(db => db.Instances.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Connect_NameIsTaken_SaysWhichField()
    {
        await ConnectAsync(Keys.ReadOnly);

        var result = await App.TryConnectAsync(new ConnectRequest("Acme", "globex", _place.Globex.Keys.ReadOnly));

        result.ShouldBeOfType<ConnectResult.Invalid>().Field.ShouldBe(ConnectField.Name);
    }

    [Fact]
    public async Task Connect_OrganisationIsThereUnderItsOldSubdomain_PointsAtIt()
    {
        var first = (await ConnectAsync(Keys.ReadOnly)).ShouldBeOfType<ConnectResult.Connected>();
        await App.ChangeStoredAsync(async db => (await db.Instances.SingleAsync()).Subdomain = "acme-of-old");

        var result = await App.TryConnectAsync(new ConnectRequest("Acme again", "acme", Keys.ReadOnly));

        result.ShouldBeOfType<ConnectResult.AlreadyThere>().InstanceId.ShouldBe(first.InstanceId);
    }

    [Fact]
    public async Task Fix_GoodKey_Connects()
    {
        var broken = (await ConnectAsync("a-key-nobody-knows")).ShouldBeOfType<ConnectResult.NotAuthenticated>();

        var result = await App.AsAdminAsync<InstanceService, ConnectResult>(service => service.FixAsync(broken.InstanceId, new ConnectRequest("Acme 2", "acme", Keys.ReadOnly), default));

        result.ShouldBeOfType<ConnectResult.Connected>().InstanceId.ShouldBe(broken.InstanceId);
        (await App.InstanceAsync(broken.InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.Name.ShouldBe("Acme 2"),
            instance => instance.CredentialNote.ShouldBeNull(),
            instance => instance.Credential.ShouldBe(CredentialState.Connected));
        (await AuditAsync())[^1].ShouldBe((AuditActions.InstanceFixed, "Acme 2", AuditOutcome.Succeeded));
    }

    [Fact]
    public async Task CancelSetup_NeverConnected_RemovesTheInstance()
    {
        var broken = (await ConnectAsync("a-key-nobody-knows")).ShouldBeOfType<ConnectResult.NotAuthenticated>();

        (await CancelSetupAsync(broken.InstanceId)).ShouldBeNull();

        await App.WaitForRemovalAsync(broken.InstanceId);
        (await AuditAsync()).TakeLast(2).ShouldBe([(AuditActions.SetupCancelled, "Acme", AuditOutcome.Succeeded), (AuditActions.InstanceRemoved, "Acme", AuditOutcome.Succeeded)]);
        await App.FlushLedgerAsync();
        (await App.StoredAsync(db => db.KustomerRequests.CountAsync())).ShouldBe(0);
        (await App.StoredAsync(db => db.KustomerRequestDays.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task CancelSetup_ConnectedBefore_IsRefusedAndRecorded()
    {
        var instanceId = await App.ConnectAsync(_place.Acme);

        (await CancelSetupAsync(instanceId)).ShouldNotBeNull();

        (await App.StoredAsync(db => db.Instances.CountAsync())).ShouldBe(1);
        (await AuditAsync())[^1].ShouldBe((AuditActions.SetupCancelled, "acme", AuditOutcome.Refused));
    }

    [Fact]
    public async Task Fix_InstanceIsGone_SaysSoInsteadOfFailing()
    {
        var result = await App.AsAdminAsync<InstanceService, ConnectResult>(service => service.FixAsync(4711, new ConnectRequest("Acme", "acme", Keys.ReadOnly), default));

        result.ShouldBeOfType<ConnectResult.Overtaken>();
    }

    private Task<string?> CancelSetupAsync(long instanceId) =>
        App.AsAdminAsync<InstanceActions, string?>(service => service.CancelSetupAsync(instanceId, CancellationToken.None));

    private Task<ConnectResult> ConnectAsync(string key) => App.TryConnectAsync(new ConnectRequest("Acme", "acme", key));

    private async Task<List<(string Action, string? Subject, AuditOutcome Outcome)>> AuditAsync() =>
        [.. (await App.StoredAsync(db => db.AuditEntries.OrderBy(entry => entry.Id).ToListAsync())).Select(entry => (entry.Action, entry.Subject, entry.Outcome))];
}

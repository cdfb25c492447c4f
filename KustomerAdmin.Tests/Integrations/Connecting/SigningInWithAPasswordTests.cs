using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Integrations.Connecting;

/// <summary>The second way in: e-mail and password, exchanged once for a token.</summary>
public sealed class SigningInWithAPasswordTests : IAsyncLifetime
{
    private Workplace _place = null!;

    private TestApp App => _place.App;

    private SandboxKeys Keys => _place.Acme.Keys;

    public async Task InitializeAsync() => _place = await Workplace.StartAsync();

    public async Task DisposeAsync() => await _place.DisposeAsync();

    [Fact]
    public async Task Connect_EmailAndPassword_IsConnectedWithATokenAndKeepsNoPassword()
    {
        var result = (await ConnectAsync(Keys.Email, Keys.Password)).ShouldBeOfType<ConnectResult.Connected>();

        result.Report.Lines[0].ShouldSatisfyAllConditions(line => line.Name.ShouldBe("Signed in"), line => line.Outcome.ShouldBe(CheckOutcome.Passed));
        (await App.InstanceAsync(result.InstanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.Connected),
            instance => instance.IsKeyOfSession.ShouldBeTrue(),
            instance => instance.KeyExpiresAt.ShouldNotBeNull().ShouldBe(_place.Clock.GetUtcNow().AddHours(8), TimeSpan.FromMinutes(1)));
        (await App.RunSyncAsync(result.InstanceId)).Outcome.ShouldBe(RunOutcome.Succeeded);
        var written = string.Concat(App.FilesOnDisk().Select(file => System.Text.Encoding.Latin1.GetString(file.Content))) + string.Join('\n', App.Log.All);
        written.ShouldNotContain(Keys.Password);
    }

    [Fact]
    public async Task Connect_WrongPassword_IsCreatedNotAuthenticatedAndAskedOnce()
    {
        var result = (await ConnectAsync(Keys.Email, "not-the-password")).ShouldBeOfType<ConnectResult.NotAuthenticated>();

        result.Report.Obstacle.ShouldNotBeNull().ShouldStartWith("Kustomer does not accept this e-mail and password here.");
        _place.Sandbox.Requests.Counts.Values.Sum().ShouldBe(1, "a password that is tried again may lock somebody out");
        (await App.InstanceAsync(result.InstanceId)).KeyEnvelope.ShouldBeNull();
    }

    [Fact]
    public async Task Connect_KustomerFailsWhileSigningIn_IsAskedOnceAndNotCalledAWrongPassword()
    {
        _place.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Status = 503 });

        var result = (await ConnectAsync(Keys.Email, Keys.Password)).ShouldBeOfType<ConnectResult.NotAuthenticated>();

        result.Report.Obstacle.ShouldNotBeNull().ShouldStartWith("Could not be tested:");
        _place.Sandbox.Requests.Counts.Values.Sum().ShouldBe(1);
    }

    [Theory]
    [InlineData("", "secret")]
    [InlineData("jane@example.com", "")]
    [InlineData("jane", "secret")]
    public async Task Connect_FieldThatCannotBeUsed_SendsAndStoresNothing(string email, string password)
    {
        (await ConnectAsync(email, password)).ShouldBeOfType<ConnectResult.Invalid>().Field.ShouldBe(ConnectField.SignIn);

        _place.Sandbox.Requests.Counts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Token_Ended_IsNotAuthenticatedAndSaysWhy()
    {
        var instanceId = (await ConnectAsync(Keys.Email, Keys.Password)).ShouldBeOfType<ConnectResult.Connected>().InstanceId;
        await App.RunSyncAsync(instanceId);

        _place.Clock.Advance(TimeSpan.FromHours(9));
        await App.RunSyncAsync(instanceId);

        (await App.InstanceAsync(instanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.NotAuthenticated),
            instance => instance.CredentialNote.ShouldNotBeNull().ShouldContain("session that was signed in for this instance ended"),
            instance => instance.KeyEnvelope.ShouldBeNull());
    }

    private Task<ConnectResult> ConnectAsync(string email, string password) =>
        App.TryConnectAsync(new ConnectRequest("Acme", "acme", null) { SignIn = new SignInRequest(email, password) });
}

using System.Text.Json;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Kustomer;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Integrations.Connecting;

/// <summary>Keys that are replaced while Kustomer does not say what the present one can.</summary>
public sealed class ReplacingUntestedKeysTests : IAsyncLifetime
{
    private const string Present = "present-key-of-acme";

    private LocalServer _kustomer = null!;
    private TestApp _app = null!;
    private long _instanceId;
    private int _presentStatus = StatusCodes.Status200OK;

    public async Task InitializeAsync()
    {
        _kustomer = await LocalServer.StartAsync(AnswerAsync);
        _app = TestApp.StartAgainst(_kustomer.Address, new TestClock(), isScheduled: false, new Patience());
        _instanceId = (await _app.TryConnectAsync(new ConnectRequest("Acme", "acme", Present))).ShouldBeOfType<ConnectResult.Connected>().InstanceId;
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _kustomer.DisposeAsync();
    }

    [Fact]
    public async Task Replace_PresentKeyCouldNotBeTested_IsMeasuredByWhatIsKnownOfIt()
    {
        _presentStatus = StatusCodes.Status400BadRequest;

        (await ReplaceAsync()).ShouldBe("The new key cannot all that the present one can: Messages. The present key stays in use.");

        (await _app.InstanceAsync(_instanceId)).KeyLastFour.ShouldBe(Present[^4..]);
    }

    [Fact]
    public async Task Replace_PresentKeyCouldNotBeTestedAndLacksTheSame_TakesOver()
    {
        await _app.ChangeStoredAsync(async db => (await db.Instances.SingleAsync(instance => instance.Id == _instanceId)).LackedParts = KeyAbility.Messages.Name);
        _presentStatus = StatusCodes.Status400BadRequest;

        (await ReplaceAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Replace_PresentKeyIsRejected_TakesOverWhateverItCould()
    {
        _presentStatus = StatusCodes.Status401Unauthorized;

        (await ReplaceAsync()).ShouldBeNull();

        (await _app.InstanceAsync(_instanceId)).LackedParts.ShouldBe(KeyAbility.Messages.Name);
    }

    private Task<string?> ReplaceAsync() =>
        _app.AsAdminAsync<KeyReplacement, string?>(async keys => (await keys.ReplaceAsync(_instanceId, "another-key-without-messages", CancellationToken.None)).Refusal);

    private async Task AnswerAsync(HttpContext context)
    {
        var isPresent = context.Request.Headers.Authorization.ToString().EndsWith(Present, StringComparison.Ordinal);
        var roles = KeyAbility.All.Where(ability => isPresent || ability != KeyAbility.Messages).Select(ability => ability.Role);
        context.Response.StatusCode = isPresent ? _presentStatus : StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/v1/auth/tokens/current" => """{"data":{"id":"t1","attributes":{"roles":(roles)}}}""".Replace("(roles)", JsonSerializer.Serialize(roles), StringComparison.Ordinal),
            "/v1/orgs/current" => """{"data":{"id":"o1","attributes":{"name":"acme"}}}""",
            "/v1/metadata/conversation" => """{"data":{"id":"conversation","attributes":{"properties":{}}}}""",
            _ => """{"data":[]}""",
        });
    }
}

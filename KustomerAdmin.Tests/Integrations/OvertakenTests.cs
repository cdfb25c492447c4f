using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Connecting;
using Microsoft.AspNetCore.Http;

namespace KustomerAdmin.Tests.Integrations;

/// <summary>Two admins at one instance: while one tries credentials, which takes Kustomer a moment, the other is faster.</summary>
public sealed class OvertakenTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalServer _kustomer = null!;
    private TestApp _app = null!;
    private long _instanceId;

    public async Task InitializeAsync()
    {
        _kustomer = await LocalServer.StartAsync(AnswerAsync);
        _app = TestApp.Start(("Kustomer:ApiUrlTemplate", _kustomer.Address.AbsoluteUri));
        _instanceId = (await _app.TryConnectAsync(new ConnectRequest("Acme", "acme", "wrong-key"))).ShouldBeOfType<ConnectResult.NotAuthenticated>().InstanceId;
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _kustomer.DisposeAsync();
    }

    [Fact]
    public async Task Fix_SetupIsCancelledMeanwhile_IsOvertakenAndBringsNothingBack()
    {
        var fixing = FixAsync("slow-key");
        await _asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        (await _app.AsAdminAsync<InstanceActions, string?>(actions => actions.CancelSetupAsync(_instanceId, CancellationToken.None))).ShouldBeNull();
        _answer.SetResult();

        (await fixing).ShouldBeOfType<ConnectResult.Overtaken>();

        await _app.WaitForRemovalAsync(_instanceId);
    }

    [Fact]
    public async Task Fix_FixedByAnotherMeanwhile_IsOvertakenAndTheOthersKeyStays()
    {
        var fixing = FixAsync("slow-key");
        await _asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        (await FixAsync("good-key-0123456789")).ShouldBeOfType<ConnectResult.Connected>();
        _answer.SetResult();

        (await fixing).ShouldBeOfType<ConnectResult.Overtaken>();

        (await _app.InstanceAsync(_instanceId)).ShouldSatisfyAllConditions(
            instance => instance.Credential.ShouldBe(CredentialState.Connected),
            instance => instance.KeyLastFour.ShouldBe("6789"));
    }

    private Task<ConnectResult> FixAsync(string key) =>
        _app.AsAdminAsync<InstanceService, ConnectResult>(service => service.FixAsync(_instanceId, new ConnectRequest("Acme", "acme", key), CancellationToken.None));

    private async Task AnswerAsync(HttpContext context)
    {
        var key = context.Request.Headers.Authorization.ToString();
        if (key.EndsWith("slow-key", StringComparison.Ordinal))
        {
            _asked.TrySetResult();
            await _answer.Task.WaitAsync(context.RequestAborted);
        }

        context.Response.ContentType = "application/json";
        context.Response.StatusCode = key.EndsWith("wrong-key", StringComparison.Ordinal) ? 401 : 200;
        await context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/v1/auth/tokens/current" => """{"data":{"id":"t1","attributes":{"roles":["org"]}}}""",
            "/v1/orgs/current" => """{"data":{"id":"o1","attributes":{"name":"acme"}}}""",
            _ => """{"data":[]}""",
        });
    }
}

using KustomerAdmin.Kustomer;

namespace KustomerAdmin.Tests.Kustomer;

/// <summary>A real server stands where the key must not go.</summary>
public sealed class KeyFirewallTests : IAsyncLifetime
{
    private const string Canary = "canary-key-4f0b9d";

    private LocalServer _trap = null!;
    private LocalServer _kustomer = null!;

    public async Task InitializeAsync()
    {
        _trap = await LocalServer.AnsweringAsync("{}");
        _kustomer = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = new Uri(_trap.Address, "/v1/conversations").AbsoluteUri;
            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync()
    {
        await _trap.DisposeAsync();
        await _kustomer.DisposeAsync();
    }

    [Fact]
    public async Task Send_ToAnotherHostOrPort_IsRefusedAndNothingLeaves()
    {
        using var client = Client(new Uri("https://acme.api.kustomerapp.com/"));

        await Should.ThrowAsync<InvalidOperationException>(() => client.GetAsync(new Uri(_trap.Address, "/v1/conversations")));

        _trap.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://127.0.0.1:{port}/v1/tags")]
    [InlineData("http://localhost:{port}/v1/tags")]
    [InlineData("http://user@127.0.0.1:{port}/v1/tags")]
    [InlineData("http://127.0.0.1:{port}/")]
    [InlineData("http://127.0.0.1:{port}/v2/tags")]
    [InlineData("http://127.0.0.1:{port}/v1")]
    [InlineData("http://127.0.0.1:{port}/v10/tags")]
    [InlineData("http://127.0.0.1:{port}/v1/../admin")]
    [InlineData("http://127.0.0.1:{port}/v1/%2e%2e/admin")]
    [InlineData("http://127.0.0.1:{port}/V1/tags")]
    public async Task Send_ToAnotherSchemeNameOrPath_IsRefusedAndNothingLeaves(string address)
    {
        using var client = Client(_trap.Address);

        await Should.ThrowAsync<InvalidOperationException>(() => client.GetAsync(new Uri(address.Replace("{port}", $"{_trap.Address.Port}", StringComparison.Ordinal))));

        _trap.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_ToTheApi_CarriesTheKeyAndForgetsIt()
    {
        using var client = Client(_trap.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_trap.Address, "/v1/tags"));

        using var answer = await client.SendAsync(request);

        _trap.Requests.ShouldBe([$"GET /v1/tags Bearer {Canary}"]);
        request.Headers.Authorization.ShouldBeNull();
        answer.RequestMessage!.Headers.Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task Redirect_ToAnotherHost_IsNotFollowed()
    {
        using var client = Client(_kustomer.Address);

        using var answer = await client.GetAsync(new Uri(_kustomer.Address, "/v1/conversations"));

        ((int)answer.StatusCode).ShouldBe(302);
        _trap.Requests.ShouldBeEmpty();
    }

    private static HttpClient Client(Uri apiAddress)
    {
        ApiKey.TryParse(Canary, out var key).ShouldBeTrue();

#pragma warning disable CA2000 // The client owns its handlers.
        return new HttpClient(new KeyFirewall(apiAddress, key, KustomerClientFactory.CreateTransport(isOnThisMachine: true)));
#pragma warning restore CA2000
    }
}

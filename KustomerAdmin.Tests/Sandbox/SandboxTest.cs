using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KustomerAdmin.Sandbox;

namespace KustomerAdmin.Tests.Sandbox;

/// <summary>An emulator of its own for each test, on a free port, with a clock that the test moves.</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    private HttpClient? _http;
    private SandboxServer? _server;

    protected SandboxServer Server => _server!;

    protected SandboxOrganization Acme => Server.Organization("acme");

    protected HttpClient Http => _http!;

    internal SettableClock Clock { get; } = new();

    protected virtual SandboxOptions Options => new() { Port = 0, Tickets = 400, IndexLag = TimeSpan.Zero, Clock = Clock };

    public async Task InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(Options, CancellationToken.None);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _server.BaseAddress };
    }

    public async Task DisposeAsync()
    {
        _http!.Dispose();
        await _server!.DisposeAsync();
    }

    protected Task<Answer> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, key ?? Acme.Keys.Full, content: null);

    protected Task<Answer> GetWithoutKeyAsync(string path) => SendAsync(HttpMethod.Get, path, key: null, content: null);

    protected Task<Answer> PostAsync(string path, string body, string? key = null) => SendAsync(HttpMethod.Post, path, key ?? Acme.Keys.Full, body);

    protected Task<Answer> SearchAsync(string body, int page = 1, int pageSize = 500, string? key = null) =>
        PostAsync($"/v1/customers/search?page={page}&pageSize={pageSize}", body, key);

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? key, string? content)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        if (content is not null)
        {
            request.Content = new StringContent(content, Encoding.UTF8, "application/json");
        }

        using var response = await Http.SendAsync(request);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase));
    }

    protected sealed record Answer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
    {
        public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

        public JsonElement Data => Json.GetProperty("data");

        public JsonElement Meta => Json.GetProperty("meta");

        public JsonElement Error => Json.GetProperty("errors")[0];

        public string[] Ids => [.. Data.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

        public string? Next => Json.GetProperty("links").GetProperty("next").GetString();

        public JsonElement Attribute(string name) => Data.GetProperty("attributes").GetProperty(name);
    }
}

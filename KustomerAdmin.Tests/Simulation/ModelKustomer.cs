using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>Kustomer, in this process and on the simulation's clock: one organisation, its key, its limits, and the world behind them.</summary>
internal sealed class ModelKustomer : HttpMessageHandler
{
    public const string Subdomain = "acme";
    public const string OrganizationId = "5f0000000000000000000001";

    private const int MostRequests = 50_000;

    private readonly WorldSettings _settings;
    private readonly TimeProvider _clock;
    private readonly Random _chance;
    private readonly ModelLimit _general;
    private readonly ModelLimit _search;

    public ModelKustomer(WorldSettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        _chance = new Random(settings.Seed ^ 0xC105);
        (_general, _search) = (new ModelLimit(settings.IsLimitSliding), new ModelLimit(settings.IsLimitSliding));
        (World, Faults) = (new ModelWorld(settings, clock), new ModelFaults(settings, clock));
        (Limit, SearchLimit) = (settings.Limit, settings.SearchLimit);
    }

    public ModelWorld World { get; }

    public ModelFaults Faults { get; }

    /// <summary>The only key that is accepted; null when it was revoked.</summary>
    public string? Key { get; set; } = "key-0";

    /// <summary>The key's role lists conversations, but shows none of them by its id.</summary>
    public bool IsRoleNarrowed { get; set; }

    public int Limit { get; set; }

    public int SearchLimit { get; set; }

    /// <summary>Every request that arrived.</summary>
    public List<ModelRequest> Requests { get; } = [];

    /// <summary>Called with each request that arrives, before anything is answered.</summary>
    public Func<ModelRequest, Task>? OnRequestAsync { get; set; }

    /// <summary>Until disposed nothing goes wrong, and nothing happens but what is asked for.</summary>
    public IDisposable Calm()
    {
        var before = (World.IsRestless, Faults.IsOn, Limit, SearchLimit, OnRequestAsync);
        (World.IsRestless, Faults.IsOn, Limit, SearchLimit, OnRequestAsync) = (false, false, 10_000, 10_000, null);
        return new Ending(() => (World.IsRestless, Faults.IsOn, Limit, SearchLimit, OnRequestAsync) = before);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (Requests.Count == MostRequests)
        {
            throw new SimulationException("Requests without end.");
        }

        var arrived = new ModelRequest(Requests.Count, _clock.GetUtcNow(), path);
        Requests.Add(arrived);
        if (OnRequestAsync is { } heard)
        {
            await heard(arrived);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(_chance.Next(20, 400)), _clock, cancellationToken);
        if (World.IsRestless && _chance.Next(100) < _settings.ChurnPercent)
        {
            World.Happen();
        }

        var answer = await Faults.InsteadAsync(cancellationToken) ?? await AnswerAsync(request, path, cancellationToken);
        answer.RequestMessage = request;
        arrived.Status = (int)answer.StatusCode;
        return answer;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, string path, CancellationToken cancellationToken)
    {
        if (Key is null || request.Headers.Authorization?.Parameter != Key)
        {
            return new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("{}") };
        }

        if (IsRoleNarrowed && path.StartsWith("/v1/conversations/", StringComparison.Ordinal))
        {
            return new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("{}") };
        }

        var now = _clock.GetUtcNow();
        var isSearch = path.EndsWith("/search", StringComparison.Ordinal);
        var (limit, allowed) = isSearch ? (_search, SearchLimit) : (_general, Limit);
        for (var others = _chance.Next(100) < _settings.OthersPercent ? _chance.Next(1 + (_settings.OthersPercent / 40)) : 0; others > 0; others--)
        {
            limit.TryTake(now, allowed);
        }

        if (!limit.TryTake(now, allowed))
        {
            return Headed(new RefusedAnswer(limit.ResetAt - now, ("x-ratelimit-reset", ((limit.ResetAt.ToUnixTimeMilliseconds() + 999) / 1000).ToString(System.Globalization.CultureInfo.InvariantCulture))), limit, allowed, now);
        }

        var body = request.Content is null ? default : JsonSerializer.Deserialize<JsonElement>(await request.Content.ReadAsByteArrayAsync(cancellationToken));
        return Headed(Send(isSearch, Answer(path, System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query), body, now)), limit, allowed, now);
    }

    /// <returns>Null for what Kustomer does not have.</returns>
    private ModelAnswer? Answer(string path, System.Collections.Specialized.NameValueCollection query, JsonElement body, DateTimeOffset now) => path.Trim('/').Split('/') switch
    {
        ["v1", "auth", "tokens", "current"] => ModelJson.Resource("token", "5f0000000000000000000002", static json =>
        {
            json.WriteStartArray("roles");
            json.WriteStringValue("org");
            json.WriteEndArray();
        }),
        ["v1", "orgs", "current"] => ModelJson.Resource("org", OrganizationId, static json => json.WriteString("name", Subdomain)),
        ["v1", "metadata", "conversation"] => ModelJson.Resource("metadata", "5f0000000000000000000003", static json =>
        {
            json.WriteStartObject("properties");
            json.WriteStartObject(ModelJson.CustomField);
            json.WriteString("displayName", "Order number");
            json.WriteEndObject();
            json.WriteEndObject();
        }),
        ["v1", "tags"] or ["v1", "users"] or ["v1", "conversations", _, "messages" or "notes"] => ModelJson.List([]),
        ["v1", "conversations", var ids] when ids.Contains(',', StringComparison.Ordinal) => ModelJson.List(World.Records.Where(record => record.IsThere && ids.Split(',').Contains(record.Id))),
        ["v1", "conversations", var id] when World.Records.Find(record => record.Id == id && record.IsThere) is { } record => new ModelAnswer(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("data");
            ModelJson.Write(json, record, record.Current, isIdOnly: false);
            json.WriteEndObject();
        }),
        ["v1", "customers", .. var rest] when rest is ["search"] or ["archive", "search"] =>
            ModelSearch.Answer(World, _settings, now, body, rest.Length == 2, Number(query["page"], 1), Number(query["pageSize"], 100), query["idsOnly"] == "true"),
        _ => null,
    };

    private static int Number(string? text, int otherwise) => int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    private static HttpResponseMessage Headed(HttpResponseMessage answer, ModelLimit limit, int allowed, DateTimeOffset now)
    {
        answer.Headers.Date = now;
        answer.Headers.TryAddWithoutValidation("x-ratelimit-limit", allowed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        answer.Headers.TryAddWithoutValidation("x-ratelimit-remaining", limit.Remaining(now, allowed).ToString(System.Globalization.CultureInfo.InvariantCulture));
        return answer;
    }

    private static HttpResponseMessage Send(bool isSearch, ModelAnswer? answer)
    {
        if (answer is null)
        {
            return new HttpResponseMessage(isSearch ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound) { Content = new StringContent("{}") };
        }

        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            answer.Write(json);
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(buffer.WrittenSpan.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
    }
}

internal sealed class Ending(Action end) : IDisposable
{
    public void Dispose() => end();
}

/// <summary>A request that the model saw.</summary>
internal sealed record ModelRequest(int Number, DateTimeOffset At, string Path)
{
    /// <summary>Null when no answer came.</summary>
    public int? Status { get; set; }
}

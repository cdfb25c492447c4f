using System.Text.Json;
using System.Text.Json.Serialization;
using KustomerAdmin.Sandbox.Api;

namespace KustomerAdmin.Sandbox.Control;

/// <summary>Switches of the running emulator under /sandbox. They want no key: only this machine reaches them.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static void Map(IEndpointRouteBuilder endpoints, SandboxState state)
    {
        endpoints.MapMethods("/sandbox/state", ["GET"], http => AnswerAsync(http, State(state)));
        endpoints.MapMethods("/sandbox/requests", ["GET"], http => AnswerAsync(http, state.Log.Recent));
        endpoints.MapMethods("/sandbox/requests", ["DELETE"], http => DoneAsync(http, state.Log.Clear));
        endpoints.MapMethods("/sandbox/faults", ["GET"], http => AnswerAsync(http, state.Faults.Active));
        endpoints.MapMethods("/sandbox/faults", ["POST"], http => ReadAsync<SandboxFault>(http, fault => new { id = state.Faults.Add(fault) }));
        endpoints.MapMethods("/sandbox/faults", ["DELETE"], http => DoneAsync(http, state.Faults.Clear));
        endpoints.MapMethods("/sandbox/faults/{id:int}", ["DELETE"], http => DoneAsync(
            http, () => state.Faults.Remove(int.Parse((string)http.Request.RouteValues["id"]!, System.Globalization.CultureInfo.InvariantCulture))));
        endpoints.MapMethods("/sandbox/latency", ["POST"], http => ReadAsync<Latency>(http, latency =>
        {
            state.Behaviour.LatencyMilliseconds = latency.Milliseconds;
            return state.Behaviour;
        }));
        endpoints.MapMethods("/sandbox/limits", ["POST"], http => ReadAsync<Limits>(http, limits =>
        {
            state.Behaviour.RequestsPerMinute = limits.RequestsPerMinute ?? state.Behaviour.RequestsPerMinute;
            state.Behaviour.SearchesPerMinute = limits.SearchesPerMinute ?? state.Behaviour.SearchesPerMinute;
            Array.ForEach(state.Organizations, organization =>
            {
                organization.Requests.Reset();
                organization.Searches.Reset();
            });
            return state.Behaviour;
        }));
        endpoints.MapMethods("/sandbox/behaviour", ["POST"], http => ReadAsync<Switches>(http, switches =>
        {
            switches.Apply(state.Behaviour);
            return state.Behaviour;
        }));
    }

    public static Task AnswerAsync(HttpContext http, object answer) => http.Response.WriteAsJsonAsync(answer, s_options, http.RequestAborted);

    private static Task DoneAsync(HttpContext http, Action action)
    {
        action();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task ReadAsync<T>(HttpContext http, Func<T, object> action)
        where T : class
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, s_options, http.RequestAborted);
            await AnswerAsync(http, action(body!));
        }
        catch (JsonException unreadable)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await AnswerAsync(http, new { error = unreadable.Message });
        }
    }

    private static object State(SandboxState state) => new
    {
        state.StartedAt,
        state.BaseAddress,
        state.Options.Tickets,
        state.Options.Seed,
        IndexLagMilliseconds = state.Options.IndexLag.TotalMilliseconds,
        state.Behaviour,
        Faults = state.Faults.Active,
        Organizations = state.Organizations.Select(organization => new SandboxOrganization(organization, state)).Select(organization => new
        {
            organization.Subdomain,
            organization.Id,
            Tickets = organization.ConversationCount,
            organization.Keys,
            organization.LongestConversationId,
            organization.LongConversationIds,
            organization.ShowcaseConversationId,
            organization.SharedUpdatedAt,
            organization.SharedUpdatedAtCount,
        }),
        Requests = state.Log.Counts,
    };

    private sealed record Latency(int Milliseconds);

    private sealed record Limits(int? RequestsPerMinute, int? SearchesPerMinute);

    private sealed record Switches(int? MissingRoleStatus, int? MalformedIdStatus, bool? AlwaysSendsReset, bool? SendsRetryAfter, int? SearchTotalCap)
    {
        public void Apply(SandboxBehaviour behaviour)
        {
            behaviour.MissingRoleStatus = MissingRoleStatus ?? behaviour.MissingRoleStatus;
            behaviour.MalformedIdStatus = MalformedIdStatus ?? behaviour.MalformedIdStatus;
            behaviour.AlwaysSendsReset = AlwaysSendsReset ?? behaviour.AlwaysSendsReset;
            behaviour.SendsRetryAfter = SendsRetryAfter ?? behaviour.SendsRetryAfter;
            behaviour.SearchTotalCap = SearchTotalCap ?? behaviour.SearchTotalCap;
        }
    }
}

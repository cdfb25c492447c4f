using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Control;
using KustomerAdmin.Sandbox.Faults;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>What every API request goes through: key, injected faults, rate limit, role, endpoint.</summary>
internal sealed class ApiPipeline(SandboxState state)
{
    private const long LargestBody = 100_000;

    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];

    public Task RunAsync(HttpContext http, string template, RoleRule rule, bool isSearch, Func<ApiCall, ApiAnswer> endpoint)
    {
        var (organization, claims, refusal) = Authenticate(http);
        return RunAsync(http, template, rule, organization, async () => refusal ?? await AnswerAsync(http, organization!, claims!, rule, isSearch, endpoint));
    }

    /// <summary>For the few endpoints that want no key.</summary>
    public Task RunPublicAsync(HttpContext http, string template, Func<HttpContext, Task<ApiAnswer>> endpoint) =>
        RunAsync(http, template, RoleRule.None, Authenticate(http).Item1, () => endpoint(http));

    private async Task RunAsync(HttpContext http, string template, RoleRule rule, Organization? organization, Func<Task<ApiAnswer>> endpoint)
    {
        // Before anything is answered: who has its answer finds the request in the log.
        var logged = new LoggedRequest(
            state.Options.Clock.GetUtcNow(), http.Request.Method, http.Request.Path + http.Request.QueryString, organization?.Store.Subdomain, http.Request.Headers.ContainsKey("Authorization"));
        state.Log.Add(logged, template);
        http.Response.OnStarting(() =>
        {
            logged.Status = http.Response.StatusCode;
            return Task.CompletedTask;
        });

        // A client reckons a reset by the answer's own clock, and this server's clock may be another than the machine's.
        http.Response.Headers.Date = state.Options.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        try
        {
            if (state.Behaviour.LatencyMilliseconds > 0)
            {
                await Task.Delay(state.Behaviour.LatencyMilliseconds, http.RequestAborted);
            }

            var fault = state.Faults.Take(template, http.Request.Path.Value!, organization?.Store.Subdomain);
            if (fault is null || FaultAnswers.LetsThrough(fault))
            {
                await SendAsync(http, await endpoint(), fault);
            }
            else
            {
                await FaultAnswers.AnswerAsync(http, fault, rule, state.Options.Clock);
            }
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away, or a fault cut the connection.
        }
    }

    private (Organization?, TokenClaims?, ApiAnswer?) Authenticate(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return (null, null, ApiError.Unauthorized("Missing or malformed Authorization header"));
        }

        var key = header[7..];
        http.Items["key"] = key;
        if (SignedToken.Read(key) is not { } claims || state.Find(claims.OrganizationName) is not { } organization
            || !string.Equals(claims.Organization, organization.Store.Id.ToString(), StringComparison.Ordinal))
        {
            return (null, null, ApiError.Unauthorized("Invalid auth token"));
        }

        var isExpired = claims.ExpiresAt <= state.Options.Clock.GetUtcNow().ToUnixTimeSeconds();
        var refusal = isExpired ? ApiError.Unauthorized("Expired token")
            : organization.KeyRing.IsRevoked(claims.Id) ? ApiError.Unauthorized("Invalid auth token")
            : null;
        return (organization, claims, refusal);
    }

    private async Task<ApiAnswer> AnswerAsync(
        HttpContext http, Organization organization, TokenClaims claims, RoleRule rule, bool isSearch, Func<ApiCall, ApiAnswer> endpoint)
    {
        var rate = organization.Requests.Take(state.Behaviour.RequestsPerMinute);
        if (isSearch && !rate.IsExceeded && string.Equals(claims.UserType, "machine", StringComparison.Ordinal))
        {
            rate = organization.Searches.Take(state.Behaviour.SearchesPerMinute);
        }

        RateHeaders.Write(http.Response, rate, state.Behaviour, state.Options.Clock);
        if (rate.IsExceeded)
        {
            return ApiError.TooManyRequests();
        }

        if (!rule.IsMetBy(claims.Roles))
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"Missing required role: {rule.Accepted[0]}");
            return state.Behaviour.MissingRoleStatus == StatusCodes.Status403Forbidden ? ApiError.Forbidden(message) : ApiError.Unauthorized(message);
        }

        if (!HttpMethods.IsPost(http.Request.Method))
        {
            return endpoint(new ApiCall(http, state, organization, claims, default));
        }

        if (http.Request.ContentLength > LargestBody)
        {
            return ApiError.Plain(413, "payload_too_large", "request entity too large");
        }

        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return endpoint(new ApiCall(http, state, organization, claims, body.RootElement));
        }
        catch (JsonException)
        {
            return ApiError.BadRequest("Invalid JSON");
        }
    }

    private async Task SendAsync(HttpContext http, ApiAnswer answer, SandboxFault? fault)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.Write is null)
        {
            return;
        }

        if (!_buffers.TryTake(out var buffer))
        {
            buffer = new ArrayBufferWriter<byte>(1 << 16);
        }

        using (var json = new ApiJson(buffer))
        {
            answer.Write(json);
            http.Response.ContentType = "application/json; charset=utf-8";
            if (fault is null)
            {
                http.Response.ContentLength = json.Written.Length;
                await http.Response.Body.WriteAsync(json.Written, http.RequestAborted);
            }
            else
            {
                await FaultBodies.SendAsync(http, fault, json.Written, state.Options.Clock);
            }
        }

        buffer.ResetWrittenCount();
        _buffers.Add(buffer);
    }
}

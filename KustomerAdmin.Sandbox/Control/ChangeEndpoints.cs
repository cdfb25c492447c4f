using System.Globalization;
using System.Text.Json;
using KustomerAdmin.Sandbox.Api;

namespace KustomerAdmin.Sandbox.Control;

/// <summary>Changes to the data of an organisation while a client reads it.</summary>
internal static class ChangeEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, SandboxState state)
    {
        endpoints.MapMethods("/sandbox/orgs/{org}/conversations", ["POST"], Within(state, CreateAsync));
        endpoints.MapMethods("/sandbox/orgs/{org}/conversations/{id}/touch", ["POST"], Within(state, static (http, organization) =>
            DoneAsync(http, organization.Touch((string)http.Request.RouteValues["id"]!))));
        endpoints.MapMethods("/sandbox/orgs/{org}/conversations/{id}", ["DELETE"], Within(state, static (http, organization) =>
            DoneAsync(http, organization.Delete((string)http.Request.RouteValues["id"]!))));
        endpoints.MapMethods("/sandbox/orgs/{org}/churn", ["POST"], Within(state, static (http, organization) =>
        {
            var isNumber = int.TryParse(http.Request.Query["count"], CultureInfo.InvariantCulture, out var count);
            organization.Churn(isNumber ? count : 10);
            return DoneAsync(http, isFound: true);
        }));
        endpoints.MapMethods("/sandbox/orgs/{org}/spend", ["POST"], Within(state, static (http, organization) =>
        {
            var isNumber = int.TryParse(http.Request.Query["count"], CultureInfo.InvariantCulture, out var count);
            organization.SpendRequests(isNumber ? count : 100);
            return DoneAsync(http, isFound: true);
        }));
    }

    private static RequestDelegate Within(SandboxState state, Func<HttpContext, SandboxOrganization, Task> action) => http =>
        state.Find((string)http.Request.RouteValues["org"]!) is { } organization
            ? action(http, new SandboxOrganization(organization, state))
            : DoneAsync(http, isFound: false);

    private static async Task CreateAsync(HttpContext http, SandboxOrganization organization)
    {
        string? name = null;
        if (http.Request.ContentLength > 0)
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            name = body.RootElement.TryGetProperty("name", out var value) ? value.GetString() : null;
        }

        http.Response.StatusCode = StatusCodes.Status201Created;
        await ControlEndpoints.AnswerAsync(http, new { id = organization.Create(name) });
    }

    private static Task DoneAsync(HttpContext http, bool isFound)
    {
        http.Response.StatusCode = isFound ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

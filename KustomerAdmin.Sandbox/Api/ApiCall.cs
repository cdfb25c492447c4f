using System.Text.Json;
using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>One authenticated call as the endpoints see it.</summary>
internal sealed class ApiCall(HttpContext http, SandboxState state, Organization organization, TokenClaims claims, JsonElement body)
{
    public SandboxState State => state;

    public Organization Organization => organization;

    public OrganizationStore Store => organization.Store;

    public TokenClaims Claims => claims;

    public JsonElement Body => body;

    public string Key => (string)http.Items["key"]!;

    public string Path => http.Request.Path.Value!.TrimEnd('/');

    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    public string? Query(string name) => http.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;

    public bool Asks(string name, string value) => string.Equals(Query(name), value, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same request for another page; links are paths, never addresses.</summary>
    public string Link(int page, int pageSize)
    {
        var others = http.Request.Query
            .Where(pair => pair.Key is not ("page" or "pageSize"))
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}&");
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}?{string.Concat(others)}page={page}&pageSize={pageSize}");
    }

    /// <summary>An id that cannot be one is another mistake than an id that nobody has.</summary>
    public ApiAnswer Missing(string kind, string id)
    {
        if (ObjectId.IsWellFormed(id) || state.Behaviour.MalformedIdStatus == StatusCodes.Status404NotFound)
        {
            return ApiError.NotFound($"{kind} {id} was not found");
        }

        return kind is "conversation" or "message"
            ? ApiError.Titled(400, "bad_request", "Bad Request", "id must be a 24 character hexadecimal string", isText: false)
            : ApiError.BadRequest("id must be a 24 character hexadecimal string");
    }
}

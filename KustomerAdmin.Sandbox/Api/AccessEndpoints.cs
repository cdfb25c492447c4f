using System.Text.Json;
using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

/// <summary>Developer portal, api/access-management: keys, the current user and the organisation.</summary>
internal static class AccessEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Public("POST", "/v1/auth/tokens", http => SignInAsync(http, routes.State));
        routes.Public("GET", "/v1/p/auth/settings", http => Task.FromResult(ApiAnswer.One(json => Settings(json, routes.State))));
        routes.Get("/v1/auth/tokens/current", RoleRule.None, static call => ApiAnswer.One(json => Token(json, call.Store, call.Claims, call.Key, isNew: false)));
        routes.Delete("/v1/auth/tokens/current", RoleRule.None, Revoke);
        routes.Get("/v1/users/current", RoleRule.None, static call => ApiAnswer.One(json => CurrentUser(json, call)));
        routes.Get("/v1/orgs/current", RoleRule.None, static call => ApiAnswer.One(json => CurrentOrganization(json, call.Store)));
    }

    private static async Task<ApiAnswer> SignInAsync(HttpContext http, SandboxState state)
    {
        JsonElement body;
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            body = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return ApiError.BadRequest("Invalid JSON");
        }

        if (body.ValueKind != JsonValueKind.Object)
        {
            return ApiError.BadRequest("The body must be an object");
        }

        var organization = state.Find(Text(body, "domain"));
        if (organization is null || !string.Equals(Text(body, "email"), organization.KeyRing.Keys.Email, StringComparison.OrdinalIgnoreCase)
            || !string.Equals(Text(body, "password"), organization.KeyRing.Keys.Password, StringComparison.Ordinal))
        {
            return ApiError.Unauthorized("Invalid email or password");
        }

        var key = organization.KeyRing.CreateForPerson();
        var claims = SignedToken.Read(key)!;
        return ApiAnswer.One(json => Token(json, organization.Store, claims, key, isNew: true), StatusCodes.Status201Created);
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ApiAnswer Revoke(ApiCall call)
    {
        call.Organization.KeyRing.Revoke(call.Claims.Id);
        return ApiAnswer.NoContent;
    }

    private static void Settings(ApiJson json, SandboxState state)
    {
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, "auth_settings"u8);
        json.Id("id"u8, state.Organizations[0].Store.Id);
        json.Out.WriteStartObject("attributes"u8);
        foreach (var (method, isEnabled) in new[] { ("kustomer", true), ("google", false), ("saml", false) })
        {
            json.Out.WriteStartObject(method);
            json.Out.WriteBoolean("enabled"u8, isEnabled);
            json.Out.WriteEndObject();
        }

        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }

    private static void Token(ApiJson json, OrganizationStore store, TokenClaims claims, string key, bool isNew)
    {
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, "auth_token"u8);
        json.Out.WriteString("id"u8, claims.Id);
        json.Out.WriteStartObject("attributes"u8);
        json.Out.WriteString("lastTokenChars"u8, key.AsSpan(key.Length - 4));
        json.Out.WriteString("name"u8, claims.UserType is "machine" ? "sandbox key" : "sign-in");
        json.Out.WriteString("ipAddress"u8, "127.0.0.1"u8);
        json.Out.WriteStartArray("roles"u8);
        foreach (var role in claims.Roles)
        {
            json.Out.WriteStringValue(role);
        }

        json.Out.WriteEndArray();
        json.Time("createdAt"u8, IdSpace.SetUp * 1000L);
        json.Time("updatedAt"u8, IdSpace.SetUp * 1000L);
        if (claims.ExpiresAt is { } seconds)
        {
            json.Time("expiresAt"u8, seconds * 1000);
        }

        if (isNew)
        {
            json.Out.WriteString("token"u8, key);
        }

        json.Out.WriteEndObject();
        json.Out.WriteStartObject("relationships"u8);
        json.Relation("org"u8, "org"u8, "orgs"u8, store.Id);
        json.Relation("user"u8, "user"u8, "users"u8, ObjectId.TryParse(claims.User, out var user) ? user : default);
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("links"u8);
        json.Out.WriteString("self"u8, "/v1/auth/tokens/" + claims.Id);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }

    private static void CurrentUser(ApiJson json, ApiCall call)
    {
        _ = ObjectId.TryParse(call.Claims.User, out var id);
        var person = Array.Find(call.Store.People.Users, user => user.Id == id);
        person ??= new Agent(id, "Sandbox key", "machine@" + call.Store.Subdomain + ".example", call.Claims.UserType, IsDeleted: false, Team: 0);
        PeopleWriter.User(json, call.Store, person with { Roles = call.Claims.Roles });
    }

    private static void CurrentOrganization(ApiJson json, OrganizationStore store)
    {
        json.Out.WriteStartObject();
        json.Out.WriteString("type"u8, "org"u8);
        json.Id("id"u8, store.Id);
        json.Out.WriteStartObject("attributes"u8);
        json.Out.WriteString("name"u8, store.Subdomain);
        json.Out.WriteString("displayName"u8, char.ToUpperInvariant(store.Subdomain[0]) + store.Subdomain[1..]);
        json.Time("createdAt"u8, IdSpace.SetUp * 1000L);
        json.Out.WriteEndObject();
        json.Out.WriteStartObject("links"u8);
        json.Self("orgs"u8, store.Id);
        json.Out.WriteEndObject();
        json.Out.WriteEndObject();
    }
}

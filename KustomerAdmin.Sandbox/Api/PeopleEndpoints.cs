using KustomerAdmin.Sandbox.Access;
using KustomerAdmin.Sandbox.Data;
using KustomerAdmin.Sandbox.Writing;

namespace KustomerAdmin.Sandbox.Api;

internal static class PeopleEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/v1/users", RoleRule.Users, Users);
        routes.Get("/v1/users/{id}", RoleRule.Users, call => Get(call, "user", call.Store.People.Users, static user => user.Id, PeopleWriter.User));
        routes.Get("/v1/teams", RoleRule.Teams, call => List(call, call.Store.People.Teams, PeopleWriter.Team, ApiList.Large));
        routes.Get("/v1/teams/{id}", RoleRule.Teams, call => Get(call, "team", call.Store.People.Teams, static team => team.Id, PeopleWriter.Team));
        routes.Get("/v1/tags", RoleRule.Tags, Tags);
        routes.Get("/v1/tags/{id}", RoleRule.Tags, call => Get(call, "tag", call.Store.People.Tags, static tag => tag.Id, PeopleWriter.Tag));
        routes.Get("/v1/brands", RoleRule.Brands, call => List(call, call.Store.People.Brands, PeopleWriter.Brand, ApiList.Usual));
        routes.Get("/v1/brands/{id}", RoleRule.Brands, call => Get(call, "brand", call.Store.People.Brands, static brand => brand.Id, PeopleWriter.Brand));
    }

    /// <summary>Without the deleted ones, unless they are asked for: a single id always answers.</summary>
    private static ApiAnswer Users(ApiCall call)
    {
        var isDeleted = call.Asks("deleted", "true");
        var found = call.Store.People.Users
            .Where(user => user.IsDeleted == isDeleted)
            .Where(user => call.Query("userType") is not { } type || string.Equals(user.UserType, type, StringComparison.Ordinal))
            .Where(user => call.Query("email") is not { } email || string.Equals(user.Email, email, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        return List(call, found, PeopleWriter.User, ApiList.Large);
    }

    private static ApiAnswer Tags(ApiCall call)
    {
        var tags = call.Query("deleted") is { } deleted
            ? Array.FindAll(call.Store.People.Tags, tag => tag.IsDeleted == string.Equals(deleted, "true", StringComparison.OrdinalIgnoreCase))
            : call.Store.People.Tags;
        return List(call, tags, PeopleWriter.Tag, ApiList.Usual);
    }

    private static ApiAnswer List<T>(ApiCall call, T[] all, Action<ApiJson, OrganizationStore, T> write, int most) =>
        ApiList.Of(call, all.Length, (json, position) => write(json, call.Store, all[position]), most);

    private static ApiAnswer Get<T>(ApiCall call, string kind, T[] all, Func<T, ObjectId> idOf, Action<ApiJson, OrganizationStore, T> write)
        where T : class
    {
        var id = call.Route("id");
        if (id.Contains(',', StringComparison.Ordinal))
        {
            return ApiList.Several([.. id.Split(',').Select(Find).OfType<T>()], (json, item) => write(json, call.Store, item));
        }

        return Find(id) is { } found ? ApiAnswer.One(json => write(json, call.Store, found)) : call.Missing(kind, id);

        T? Find(string wanted) => Array.Find(all, item => string.Equals(idOf(item).ToString(), wanted, StringComparison.OrdinalIgnoreCase));
    }
}

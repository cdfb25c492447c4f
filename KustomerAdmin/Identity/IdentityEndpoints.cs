using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace KustomerAdmin.Identity;

public static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder endpoints) =>

        // Binding the form makes the framework refuse a post without its antiforgery token.
        endpoints.MapPost(AccountRoutes.SignOut, static async (IFormCollection _, HttpContext context, AdminSignIn signIn) =>
        {
            await signIn.SignOutAsync(context.User, context.RequestAborted);
            return Results.LocalRedirect(AccountRoutes.SignIn);
        });

    /// <summary>
    /// For endpoints that are not components: refuses everybody but admins, and tells the services called there who it is,
    /// which the renderer does for components.
    /// </summary>
    public static TBuilder RequireAdmin<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.RequireAuthorization(Policies.Admin);
        endpoint.AddEndpointFilter(static async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            var provider = (IHostEnvironmentAuthenticationStateProvider)context.RequestServices.GetRequiredService<AuthenticationStateProvider>();
            provider.SetAuthenticationState(Task.FromResult(new AuthenticationState(context.User)));
            return await next(invocation);
        });
        return endpoint;
    }
}

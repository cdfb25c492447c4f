using KustomerAdmin.Audit;
using KustomerAdmin.Identity.Account;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Components.Server;

namespace KustomerAdmin.Identity;

public static class IdentityEndpoints
{
    /// <summary>After routing: who it is, whether they may, and whether the form they send is theirs.</summary>
    public static void UseIdentity(this IApplicationBuilder app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.Use(HideSetupAsync);
    }

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
            try
            {
                return await next(invocation);
            }
            catch (NotAnAdminException)
            {
                // The cookie is asked only once a minute; the service asks every time.
                return Results.Unauthorized();
            }
        });
        return endpoint;
    }

    /// <summary>Without the token there is no such page, not even one that says what is missing.</summary>
    private static async Task HideSetupAsync(HttpContext context, RequestDelegate next)
    {
        var isSetup = context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type == typeof(SetupPage);
        if (isSetup && !await context.RequestServices.GetRequiredService<FirstAdmin>().AcceptsAsync(context.Request.Query["token"], context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(context);
    }
}

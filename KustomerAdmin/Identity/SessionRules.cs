using System.Security.Claims;
using KustomerAdmin.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace KustomerAdmin.Identity;

/// <summary>The cookie, how long a session lasts and how often it is checked.</summary>
internal static class SessionRules
{
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(60);

    public static void Cookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "kadm";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = true;
        options.LoginPath = AccountRoutes.SignIn;
        options.AccessDeniedPath = AccountRoutes.SignIn;
        options.ReturnUrlParameter = AccountRoutes.ReturnUrl;
        options.Events.OnValidatePrincipal = SecurityStampValidator.ValidatePrincipalAsync;
        options.Events.OnRedirectToLogin = RefuseAsync;
        options.Events.OnRedirectToAccessDenied = RefuseAsync;
    }

    /// <summary>The fresh principal comes from the database, which does not know where this session was started from.</summary>
    public static Task KeepAddressAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.FindFirst(CurrentAdmin.AddressClaim) is { } address && context.NewPrincipal?.Identity is ClaimsIdentity identity)
        {
            identity.AddClaim(address.Clone());
        }

        return Task.CompletedTask;
    }

    /// <summary>A page leads to the sign-in; a script or a socket gets the plain answer.</summary>
    private static Task RefuseAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var isPage = HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (isPage)
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }

        return Task.CompletedTask;
    }
}

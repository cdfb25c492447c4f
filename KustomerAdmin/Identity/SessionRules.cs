using System.Globalization;
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

    /// <summary>
    /// The end of a session however busy it is. Longer than a day at work, so nobody is sent out in the middle of one, and shorter than
    /// the way to the next: a tab that keeps itself alive, or a stolen cookie, ends overnight. Not a setting: nobody needs it longer.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private const string StartedClaim = "kadm:started";

    public static void Cookie(CookieAuthenticationOptions options, IHttpContextAccessor current)
    {
        options.Cookie = new HostCookie("kadm", current);
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = true;
        options.LoginPath = AccountRoutes.SignIn;
        options.AccessDeniedPath = AccountRoutes.SignIn;
        options.ReturnUrlParameter = AccountRoutes.ReturnUrl;
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToLogin = RefuseAsync;
        options.Events.OnRedirectToAccessDenied = RefuseAsync;
    }

    /// <summary>What a session knows of its beginning, in claims: a circuit sees nothing else of the cookie.</summary>
    public static IEnumerable<Claim> Claims(DateTimeOffset now, string? address)
    {
        yield return new Claim(StartedClaim, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        if (address is not null)
        {
            yield return new Claim(CurrentAdmin.AddressClaim, address);
        }
    }

    /// <summary>A session that does not say when it began is over too.</summary>
    public static bool IsOver(ClaimsPrincipal? user, DateTimeOffset now) =>
        !long.TryParse(user?.FindFirstValue(StartedClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var started)
        || now.ToUnixTimeSeconds() - started >= Longest.TotalSeconds;

    /// <summary>The fresh principal comes from the database, which knows neither when nor where this session was started.</summary>
    public static Task KeepBeginningAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.NewPrincipal?.Identity is ClaimsIdentity identity)
        {
            identity.AddClaims(context.CurrentPrincipal?.FindAll(static claim => claim.Type is StartedClaim or CurrentAdmin.AddressClaim).Select(static claim => claim.Clone()) ?? []);
        }

        return Task.CompletedTask;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (IsOver(context.Principal, now))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
            return;
        }

        await SecurityStampValidator.ValidatePrincipalAsync(context);
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

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Identity;

public static class IdentityServiceCollectionExtensions
{
    public static IServiceCollection AddIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SetupOptions>().Bind(configuration.GetSection(SetupOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SetupOptions>, SetupOptionsValidator>();
        services.AddSingleton<SetupToken>();
        services.AddScoped<FirstAdmin>();
        services.AddHostedService<SetupLink>();

        services.AddIdentityCore<AdminUser>(Accounts)
            .AddEntityFrameworkStores<AppDbContext>()
            .AddSignInManager();
        services.Configure<PasswordHasherOptions>(static options => options.IterationCount = 220_000);
        services.Configure<SecurityStampValidatorOptions>(static options =>
        {
            options.ValidationInterval = SessionRules.CheckEvery;
            options.OnRefreshingPrincipal = SessionRules.KeepBeginningAsync;
        });
        services.AddSingleton<DeviceTries>();
        services.AddScoped<DeviceCookie>();
        services.AddScoped<PasswordCheck>();
        services.AddScoped<AdminSignIn>();

        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<IHttpContextAccessor>(SessionRules.Cookie);
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme)

            // Identity's check of the security stamp signs out of this scheme too, and fails every request where it is not known.
            .AddCookie(IdentityConstants.TwoFactorRememberMeScheme);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Admin, Policies.AdminPolicy)
            .SetDefaultPolicy(Policies.AdminPolicy)
            .SetFallbackPolicy(Policies.AdminPolicy);
        services.AddAntiforgery(static options => options.SuppressXFrameOptionsHeader = true);
        services.AddOptions<AntiforgeryOptions>().Configure<IHttpContextAccessor>(static (options, current) =>
            options.Cookie = new HostCookie("kadm-form", current) { SameSite = SameSiteMode.Strict });
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, AdminRevalidation>();
        DataProtectionKeys.Add(services);
        return services;
    }

    private static void Accounts(IdentityOptions options)
    {
        // Length is what makes a password strong; rules of composition make it predictable.
        options.Password.RequiredLength = 15;
        options.Password.RequiredUniqueChars = 1;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);

        // The user name is an e-mail address, which may hold any letter.
        options.User.AllowedUserNameCharacters = "";
        options.User.RequireUniqueEmail = true;
    }
}

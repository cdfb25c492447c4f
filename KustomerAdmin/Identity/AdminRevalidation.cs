using System.Security.Claims;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Identity;

/// <summary>A circuit outlives its cookie's checks, so it asks by itself whether its admin is still one and its session not over.</summary>
internal sealed class AdminRevalidation(ILoggerFactory loggers, IServiceScopeFactory scopes, IOptions<IdentityOptions> options, TimeProvider time)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => SessionRules.CheckEvery;

    internal async Task<bool> IsCurrentAsync(ClaimsPrincipal user)
    {
        if (SessionRules.IsOver(user, time.GetUtcNow()))
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        var stamp = user.FindFirstValue(options.Value.ClaimsIdentity.SecurityStampClaimType);
        return await users.GetUserAsync(user) is { } admin
            && string.Equals(stamp, await users.GetSecurityStampAsync(admin), StringComparison.Ordinal);
    }

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        IsCurrentAsync(authenticationState.User);
}

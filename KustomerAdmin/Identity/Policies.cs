using Microsoft.AspNetCore.Authorization;

namespace KustomerAdmin.Identity;

public static class Policies
{
    /// <summary>Everybody with an account is an admin. What names no policy, known or unknown address, falls back to this one.</summary>
    public const string Admin = "Admin";

    internal static AuthorizationPolicy AdminPolicy { get; } = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
}

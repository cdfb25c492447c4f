using Microsoft.AspNetCore.Identity;

namespace KustomerAdmin.Data.Entities;

/// <summary>A person who may use the console. Everybody with an account is an admin.</summary>
public sealed class AdminUser : IdentityUser
{
    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }
}

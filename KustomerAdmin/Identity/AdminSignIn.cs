using System.Net.Mail;
using System.Security.Claims;
using KustomerAdmin.Audit;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Identity;

namespace KustomerAdmin.Identity;

/// <summary>Checks a password, starts and ends sessions. Each is recorded before it takes effect.</summary>
internal sealed class AdminSignIn(UserManager<AdminUser> users, SignInManager<AdminUser> sessions, IPasswordHasher<AdminUser> hasher, AuditLog audit, TimeProvider time)
{
    public async Task<SignInOutcome> SignInAsync(string typedName, string password, string? address, CancellationToken cancellationToken)
    {
        var admin = await users.FindByNameAsync(typedName);
        if (admin is null)
        {
            // Takes as long as checking a password, so that the time does not tell which accounts exist.
            _ = hasher.HashPassword(new AdminUser(), password);
            await RefuseAsync(typedName, "Unknown user", address, cancellationToken);
            return SignInOutcome.Refused;
        }

        var check = await sessions.CheckPasswordSignInAsync(admin, password, lockoutOnFailure: true);
        if (!check.Succeeded)
        {
            await RefuseAsync(typedName, check.IsLockedOut ? "Locked after too many wrong passwords" : "Wrong password", address, cancellationToken);
            return check.IsLockedOut ? SignInOutcome.LockedOut : SignInOutcome.Refused;
        }

        await StartAsync(admin, address, cancellationToken);
        return SignInOutcome.SignedIn;
    }

    /// <summary>Starts a session for an account that has just proved who it is.</summary>
    public async Task StartAsync(AdminUser admin, string? address, CancellationToken cancellationToken)
    {
        var actor = Actor.Admin(admin.Id, admin.UserName!, address);
        await audit.WriteAsync(actor, AuditActions.SignedIn, null, AuditOutcome.Succeeded, null, cancellationToken);
        admin.LastSignInAt = time.GetUtcNow();
        await users.UpdateAsync(admin);
        await sessions.SignInWithClaimsAsync(admin, isPersistent: false, address is null ? [] : [new Claim(CurrentAdmin.AddressClaim, address)]);
    }

    /// <summary>Whether a cookie's session still stands; the cookie itself is asked only once a minute.</summary>
    public async Task<bool> IsCurrentAsync(ClaimsPrincipal user) => await sessions.ValidateSecurityStampAsync(user) is not null;

    /// <summary>Ends the account's sessions in every browser and every open tab: a copy of the cookie is worth nothing afterwards.</summary>
    public async Task SignOutAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (users.GetUserId(user) is { } id && users.GetUserName(user) is { } name)
        {
            var actor = Actor.Admin(id, name, user.FindFirstValue(CurrentAdmin.AddressClaim));
            await audit.WriteAsync(actor, AuditActions.SignedOut, null, AuditOutcome.Succeeded, null, cancellationToken);
            if (await sessions.ValidateSecurityStampAsync(user) is { } admin)
            {
                await users.UpdateSecurityStampAsync(admin);
            }
        }

        await sessions.SignOutAsync();
    }

    /// <summary>What is not one may be a password that was typed in the wrong place.</summary>
    private static bool IsAddress(string typed) => MailAddress.TryCreate(typed, out _);

    private Task RefuseAsync(string typedName, string reason, string? address, CancellationToken cancellationToken) =>
        audit.WriteAsync(Actor.Anonymous(IsAddress(typedName) ? typedName : "no e-mail address", address), AuditActions.SignedIn, null, AuditOutcome.Refused, reason, cancellationToken);
}

internal enum SignInOutcome
{
    SignedIn,
    Refused,
    LockedOut,
}

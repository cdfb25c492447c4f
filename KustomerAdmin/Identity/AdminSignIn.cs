using System.Net.Mail;
using System.Security.Claims;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Identity;

/// <summary>Starts and ends sessions. Each is recorded before it takes effect.</summary>
internal sealed class AdminSignIn(
    AppDbContext db,
    UserManager<AdminUser> users,
    SignInManager<AdminUser> sessions,
    PasswordCheck passwords,
    DeviceCookie device,
    AuditLog audit,
    TimeProvider time)
{
    /// <returns>Whether a session has started. Why not is for the audit log: an answer that tells locked from wrong tells that the account exists.</returns>
    public async Task<bool> SignInAsync(string typedName, string password, string? address, CancellationToken cancellationToken)
    {
        var admin = await users.FindByNameAsync(typedName);
        if (await passwords.FindFaultAsync(admin, password, cancellationToken) is { } fault)
        {
            await RefuseAsync(typedName, fault, address);
            return false;
        }

        await StartAsync(admin!, address, cancellationToken);
        return true;
    }

    /// <summary>Starts a session for an account that has just proved who it is.</summary>
    public async Task StartAsync(AdminUser admin, string? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var actor = Actor.Admin(admin.Id, admin.UserName!, address);
        await audit.WriteAsync(actor, AuditActions.SignedIn, null, AuditOutcome.Succeeded, null, cancellationToken);

        // This column alone: Identity would write the whole row, and with it the count of tries as it was before others were counted.
        await db.Users.Where(user => user.Id == admin.Id).ExecuteUpdateAsync(set => set.SetProperty(user => user.LastSignInAt, now), cancellationToken);
        device.Write(admin);
        await sessions.SignInWithClaimsAsync(admin, isPersistent: false, SessionRules.Claims(now, address));
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

    /// <summary>Whether or not somebody waits for the answer: or strangers could be locked out without a trace, by who hangs up early.</summary>
    private Task RefuseAsync(string typedName, string reason, string? address) =>
        audit.WriteAsync(Actor.Anonymous(IsAddress(typedName) ? typedName : "no e-mail address", address), AuditActions.SignedIn, null, AuditOutcome.Refused, reason, CancellationToken.None);
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Identity;

/// <summary>
/// Slows guessing down without letting anybody lock an admin out, by OWASP's protocol of device cookies
/// (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies): a browser in which the admin has signed in
/// before has tries of its own; all others share the account's, and its lock-out holds for them alone.
/// </summary>
internal sealed class PasswordCheck(
    AppDbContext db,
    UserManager<AdminUser> users,
    IPasswordHasher<AdminUser> hasher,
    DeviceCookie cookie,
    DeviceTries devices,
    IOptions<IdentityOptions> identity,
    TimeProvider time)
{
    /// <summary>A hash keeps a processor busy for a tenth of a second, whoever asks: strangers get one at a time, so a flood of guesses costs one processor.</summary>
    private static readonly SemaphoreSlim s_strangersTurn = new(1);

    /// <returns>Why the password is not accepted, for the audit log and nobody else; null if it is right.</returns>
    public async Task<string?> FindFaultAsync(AdminUser? admin, string password, CancellationToken cancellationToken)
    {
        var device = admin is null ? null : cookie.Read(admin);

        // Counted before it is looked at, and even if nobody waits for the answer: of many tries sent at once none is free.
        var mayTry = device is { } known ? devices.TryBegin(known) : await TryBeginAsync(admin?.Id ?? "");
        var candidate = mayTry ? admin : null;
        try
        {
            if (device is null ? await IsRightInTurnAsync(candidate, password, cancellationToken) : await IsRightAsync(candidate, password))
            {
                await ForgetAsync(admin!.Id, device);
                return null;
            }
        }
        catch (OperationCanceledException)
        {
            return "Left before the password was checked";
        }

        return (admin, mayTry, device) switch
        {
            (null, _, _) => "Unknown user",
            (_, true, null) => "Wrong password",
            (_, true, _) => "Wrong password in a known browser",
            (_, false, null) => "Locked after too many wrong passwords from unknown browsers",
            (_, false, _) => "Locked after too many wrong passwords in this known browser",
        };
    }

    private async Task<bool> IsRightInTurnAsync(AdminUser? candidate, string password, CancellationToken cancellationToken)
    {
        await s_strangersTurn.WaitAsync(cancellationToken);
        try
        {
            return await IsRightAsync(candidate, password);
        }
        finally
        {
            s_strangersTurn.Release();
        }
    }

    /// <summary>Takes as long without a candidate, so that the time tells neither which accounts exist nor which are locked.</summary>
    private async Task<bool> IsRightAsync(AdminUser? candidate, string password)
    {
        if (candidate is not null)
        {
            return await users.CheckPasswordAsync(candidate, password);
        }

        _ = hasher.HashPassword(new AdminUser(), password);
        return false;
    }

    /// <summary>One statement that counts or finds the account locked, so that tries at the same moment, at several consoles, cannot pass each other.</summary>
    private async Task<bool> TryBeginAsync(string id)
    {
        var (now, most) = (time.GetUtcNow(), identity.Value.Lockout.MaxFailedAccessAttempts);
        DateTimeOffset? end = now + identity.Value.Lockout.DefaultLockoutTimeSpan;
        return await db.Users.Where(admin => admin.Id == id && (admin.LockoutEnd == null || admin.LockoutEnd <= now)).ExecuteUpdateAsync(
            set => set
                .SetProperty(admin => admin.LockoutEnd, admin => admin.AccessFailedCount + 1 >= most ? end : null)
                .SetProperty(admin => admin.AccessFailedCount, admin => admin.AccessFailedCount + 1 >= most ? 0 : admin.AccessFailedCount + 1),
            CancellationToken.None) == 1;
    }

    /// <summary>In a known browser what strangers have tried stays counted: or each sign-in of the admin would grant them five more.</summary>
    private async Task ForgetAsync(string id, Guid? device)
    {
        if (device is { } known)
        {
            devices.Forget(known);
            return;
        }

        await db.Users.Where(admin => admin.Id == id).ExecuteUpdateAsync(
            static set => set.SetProperty(admin => admin.LockoutEnd, (DateTimeOffset?)null).SetProperty(admin => admin.AccessFailedCount, 0),
            CancellationToken.None);
    }
}

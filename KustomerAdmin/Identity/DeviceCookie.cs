using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.DataProtection;

namespace KustomerAdmin.Identity;

/// <summary>
/// Tells a browser in which an admin has signed in before from a stranger's. It is a right to guess and never one to enter: whoever
/// steals it has five tries in a quarter of an hour, as a stranger has.
/// <para>
/// It stays when its owner signs out: forgotten then, a careful admin would be a stranger at every sign-in and could be locked out again.
/// It goes with the password, which is part of its key: a thief's cookie ends when the admin answers the theft, and no list of devices is kept.
/// </para>
/// </summary>
internal sealed class DeviceCookie(IDataProtectionProvider protection, IHttpContextAccessor current, TimeProvider time)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(180);
    private readonly HostCookie _cookie = new("kadm-device", current) { MaxAge = s_lifetime };

    /// <summary>The browser at hand as one of this admin's; null for a stranger's.</summary>
    public Guid? Read(AdminUser admin)
    {
        if (current.HttpContext?.Request.Cookies[_cookie.Name!] is not { Length: > 0 } value)
        {
            return null;
        }

        try
        {
            return ProtectorOf(admin).Unprotect(value).Split(' ') is [var device, var since]
                && time.GetUtcNow().ToUnixTimeSeconds() - long.Parse(since, CultureInfo.InvariantCulture) < s_lifetime.TotalSeconds
                ? Guid.Parse(device) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>A new identity at each sign-in: who holds an older copy uses up no try of this browser's.</summary>
    public void Write(AdminUser admin)
    {
        var context = current.HttpContext!;
        var value = string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N} {time.GetUtcNow().ToUnixTimeSeconds()}");
        context.Response.Cookies.Append(_cookie.Name!, ProtectorOf(admin).Protect(value), _cookie.Build(context));
    }

    /// <summary>What it is bound to is named as its purpose, so a cookie of another account or another password does not open.</summary>
    private IDataProtector ProtectorOf(AdminUser admin) =>
        protection.CreateProtector("device cookie", "v1", admin.Id, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(admin.PasswordHash!))));
}

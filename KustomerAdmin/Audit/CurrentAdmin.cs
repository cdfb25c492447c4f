using System.Security.Claims;
using KustomerAdmin.Data;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Audit;

/// <summary>
/// The admin on whose behalf the present circuit or request works. Every public service method begins with
/// <see cref="RequireAsync"/>: what a page shows or hides is comfort, this is the check.
/// </summary>
public sealed class CurrentAdmin(
    AuthenticationStateProvider authentication,
    IDbContextFactory<AppDbContext> contexts,
    IOptions<IdentityOptions> identity)
{
    /// <summary>Claim with the network address of the sign-in.</summary>
    public const string AddressClaim = "kadm:address";

    /// <summary>
    /// Asks the database, so that an admin who was removed or signed out everywhere is refused at once. A lock-out keeps strangers from signing
    /// in; it does not stop who is in, or anybody could stop an admin by typing wrong passwords.
    /// </summary>
    /// <exception cref="NotAnAdminException">Nobody is signed in, or the account may no longer act.</exception>
    public async Task<Actor> RequireAsync(CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (user.Identity?.IsAuthenticated != true || user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
        {
            throw new NotAnAdminException();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await db.Users.Where(account => account.Id == id)
            .Select(account => new { account.UserName, account.SecurityStamp })
            .FirstOrDefaultAsync(cancellationToken);
        if (account?.UserName is null
            || !string.Equals(account.SecurityStamp, user.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType), StringComparison.Ordinal))
        {
            throw new NotAnAdminException();
        }

        return Actor.Admin(id, account.UserName, user.FindFirstValue(AddressClaim));
    }
}

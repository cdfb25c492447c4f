using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Identity;

/// <summary>Lets exactly one person in without an account: who holds the token that the server printed.</summary>
internal sealed class FirstAdmin(
    AppDbContext db,
    UserManager<AdminUser> users,
    SetupToken setupToken,
    AuditLog audit,
    TimeProvider time,
    ILogger<FirstAdmin> logger)
{
    /// <summary>Counts a wrong token. Asks the database too: another replica may have finished the set-up.</summary>
    public async Task<bool> AcceptsAsync(string? token, CancellationToken cancellationToken)
    {
        var check = setupToken.Check(token);
        if (check is SetupTokenCheck.RefusedAndPaused)
        {
            logger.LogWarning("Five wrong set-up tokens: the set-up link is refused for 15 minutes. Leave {Setting} empty for a token that cannot be guessed and is never refused", SetupOptions.TokenKey);
        }

        return check is SetupTokenCheck.Accepted && await IsMissingAsync(cancellationToken);
    }

    /// <summary>Account, the row that closes the set-up, and the audit entry are saved together or not at all.</summary>
    public async Task<FirstAdminResult> CreateAsync(string token, string email, string password, string? address, CancellationToken cancellationToken)
    {
        if (!await AcceptsAsync(token, cancellationToken))
        {
            return new FirstAdminResult(null, IsOver: true, []);
        }

        var result = await db.Database.CreateExecutionStrategy().ExecuteAsync(ct => CreateOnceAsync(email, password, address, ct), cancellationToken);
        if (result.Admin is not null)
        {
            setupToken.End();
        }

        return result;
    }

    private async Task<FirstAdminResult> CreateOnceAsync(string email, string password, string? address, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.SetupCompletions.Add(new SetupCompletion { CompletedAt = time.GetUtcNow() });
        audit.Add(db, Actor.Anonymous(email, address), AuditActions.FirstAdminCreated, email);
        try
        {
            // First the row with the fixed key: the second of two racing set-ups stops here.
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellationToken);
            if (!await IsMissingAsync(cancellationToken))
            {
                return new FirstAdminResult(null, IsOver: true, []);
            }

            throw;
        }

        var admin = new AdminUser { UserName = email, Email = email, CreatedAt = time.GetUtcNow() };
        var created = await users.CreateAsync(admin, password);
        if (!created.Succeeded)
        {
            return new FirstAdminResult(null, IsOver: false, [.. created.Errors.Select(error => error.Description)]);
        }

        await transaction.CommitAsync(cancellationToken);
        return new FirstAdminResult(admin, IsOver: false, []);
    }

    public async Task<bool> IsMissingAsync(CancellationToken cancellationToken) =>
        !await db.SetupCompletions.AnyAsync(cancellationToken) && !await db.Users.AnyAsync(cancellationToken);
}

/// <summary>The new admin, or why there is none: set-up is over, or the faults of what was typed.</summary>
internal sealed record FirstAdminResult(AdminUser? Admin, bool IsOver, IReadOnlyList<string> Faults);

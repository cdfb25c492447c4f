using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Audit;

/// <summary>Writes and reads the record of who did what. Entries hold no secret and no text of a ticket.</summary>
public sealed class AuditLog(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, TimeProvider time)
{
    public const int PageSize = 50;

    /// <summary>No row stands behind it, and its rows can still be counted.</summary>
    private const int LastPage = int.MaxValue / PageSize;

    /// <summary>Adds an entry to <paramref name="db"/>, to be saved with the action itself: without a record there is no action.</summary>
    public void Add(AppDbContext db, Actor actor, string action, string? subject, AuditOutcome outcome = AuditOutcome.Succeeded, string? detail = null) =>
        db.AuditEntries.Add(NewEntry(time.GetUtcNow(), actor, action, subject, outcome, detail));

    /// <summary>For what the console does itself, where nobody is signed in.</summary>
    internal static AuditEntry NewEntry(DateTimeOffset at, Actor actor, string action, string? subject, AuditOutcome outcome, string? detail) => new()
    {
        At = at,
        ActorId = actor.Id,
        ActorName = Cut(actor.Name, 256)!,
        Action = action,
        Subject = Cut(subject, AuditEntry.SubjectLength),
        Outcome = outcome,
        Detail = Cut(detail, AuditEntry.DetailLength),
        Address = actor.Address,
    };

    /// <summary>Writes an entry on its own, for what changes nothing else, such as an opened ticket.</summary>
    public async Task WriteAsync(Actor actor, string action, string? subject, AuditOutcome outcome, string? detail, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        Add(db, actor, action, subject, outcome, detail);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Newest first. Pages count from 1.</summary>
    public async Task<AuditSheet> ReadAsync(int page, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var total = await db.AuditEntries.CountAsync(cancellationToken);
        var lines = await db.AuditEntries.OrderByDescending(entry => entry.Id)
            .Skip((Math.Clamp(page, 1, LastPage) - 1) * PageSize).Take(PageSize)
            .Select(entry => new AuditLine(entry.Id, entry.At, entry.ActorName, entry.Action, entry.Subject, entry.Outcome, entry.Detail, entry.Address))
            .ToListAsync(cancellationToken);
        return new AuditSheet(lines, total);
    }

    private static string? Cut(string? text, int length) => text?.Length > length ? text[..length] : text;
}

public sealed record AuditLine(long Id, DateTimeOffset At, string Actor, string Action, string? Subject, AuditOutcome Outcome, string? Detail, string? Address);

public sealed record AuditSheet(IReadOnlyList<AuditLine> Lines, int Total);

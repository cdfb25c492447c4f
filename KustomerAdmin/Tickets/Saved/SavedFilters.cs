using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Saved;

/// <summary>
/// Ticket lists by name. Every admin sees their own and the shared ones; only its owner changes one, everybody decides for themselves
/// which they pin and which their list opens with.
/// </summary>
public sealed class SavedFilters(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, AuditLog audit, TimeProvider time)
{
    /// <summary>Of one admin.</summary>
    public const int Most = 200;

    /// <summary>Own ones first, each by name.</summary>
    public async Task<IReadOnlyList<SavedFilterLine>> ReadAsync(CancellationToken cancellationToken)
    {
        var me = (await currentAdmin.RequireAsync(cancellationToken)).Id!;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var lines = await (
            from filter in VisibleTo(db, me)
            join owner in db.Users on filter.OwnerId equals owner.Id
            join choice in db.SavedFilterChoices.Where(choice => choice.AdminId == me) on filter.Id equals choice.FilterId into choices
            from choice in choices.DefaultIfEmpty()
            select new SavedFilterLine(filter.Id, filter.Name, owner.UserName ?? "", filter.OwnerId == me, filter.IsShared, choice != null && choice.IsPinned, choice != null && choice.IsDefault, filter.Address, filter.Version, filter.ChangedAt))
            .ToListAsync(cancellationToken);
        return [.. lines.OrderByDescending(line => line.IsOwn).ThenBy(line => line.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>A new one with the list as it is.</summary>
    public async Task<SavedFilterResult> SaveAsync(string name, TicketQuery list, bool isShared, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await AddAsync(db, actor, SavedFilterRules.Tidy(name), SavedFilterRules.AddressOf(list), isShared, cancellationToken);
    }

    /// <summary>A private copy, of an own one or of one that somebody shares.</summary>
    public async Task<SavedFilterResult> DuplicateAsync(long id, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await VisibleTo(db, actor.Id!).FirstOrDefaultAsync(filter => filter.Id == id, cancellationToken) is not { } original)
        {
            return SavedFilterResult.Refused(SavedFilterRules.Gone);
        }

        var names = await db.SavedFilters.Where(filter => filter.OwnerId == actor.Id).Select(filter => filter.Name).ToListAsync(cancellationToken);
        return await AddAsync(db, actor, SavedFilterRules.CopyOf(original.Name, names), original.Address, isShared: false, cancellationToken);
    }

    public Task<SavedFilterResult> RenameAsync(long id, long version, string name, CancellationToken cancellationToken) =>
        ChangeAsync(id, version, async (db, filter) =>
        {
            var tidy = SavedFilterRules.Tidy(name);
            var refusal = await SavedFilterRules.FaultOfAsync(db, filter.OwnerId, tidy, filter.Id, cancellationToken);
            filter.Name = refusal is null ? tidy : filter.Name;
            return refusal;
        }, filter => $"Named {filter.Name}", cancellationToken);

    public Task<SavedFilterResult> ShareAsync(long id, long version, bool isShared, CancellationToken cancellationToken) =>
        ChangeAsync(id, version, (_, filter) =>
        {
            filter.IsShared = isShared;
            return Task.FromResult<string?>(null);
        }, filter => filter.IsShared ? "Shared" : "Made private", cancellationToken);

    /// <summary>Puts the list as it is in the place of what was saved.</summary>
    public Task<SavedFilterResult> UpdateAsync(long id, long version, TicketQuery list, CancellationToken cancellationToken) =>
        ChangeAsync(id, version, (_, filter) =>
        {
            var address = SavedFilterRules.AddressOf(list);
            if (SavedFilterRules.FaultOf(address) is { } fault)
            {
                return Task.FromResult<string?>(fault);
            }

            filter.Address = address;
            SavedFilterRules.FillFields(filter);
            return Task.FromResult<string?>(null);
        }, _ => "Changed to another list", cancellationToken);

    public async Task<SavedFilterResult> DeleteAsync(long id, long version, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var filter = await db.SavedFilters.Include(filter => filter.Fields).FirstOrDefaultAsync(filter => filter.Id == id, cancellationToken);
        if (await RefusalAsync(db, actor, filter, version, cancellationToken) is { } refusal)
        {
            return SavedFilterResult.Refused(refusal);
        }

        // By name, not by the database's own cascade: foreign keys are off on SQLite.
        db.SavedFilterChoices.RemoveRange(await db.SavedFilterChoices.Where(choice => choice.FilterId == id).ToListAsync(cancellationToken));
        db.SavedFilters.Remove(filter!);
        audit.Add(db, actor, AuditActions.FilterDeleted, filter!.Name);
        return await SaveAsync(db, filter, cancellationToken);
    }

    private async Task<SavedFilterResult> AddAsync(AppDbContext db, Actor actor, string name, string address, bool isShared, CancellationToken cancellationToken)
    {
        var own = await db.SavedFilters.CountAsync(filter => filter.OwnerId == actor.Id, cancellationToken);
        var refusal = (own >= Most ? $"You have {Most} saved filters, and that is the most. Delete one first." : null)
            ?? SavedFilterRules.FaultOf(address)
            ?? await SavedFilterRules.FaultOfAsync(db, actor.Id!, name, null, cancellationToken);
        if (refusal is not null)
        {
            return SavedFilterResult.Refused(refusal);
        }

        var filter = new SavedFilter { OwnerId = actor.Id!, Name = name, Address = address, IsShared = isShared, ChangedAt = time.GetUtcNow(), Version = 1 };
        SavedFilterRules.FillFields(filter);
        db.SavedFilters.Add(filter);
        audit.Add(db, actor, AuditActions.FilterSaved, name, detail: isShared ? "Shared" : "Private");
        return await SaveAsync(db, filter, cancellationToken);
    }

    private async Task<SavedFilterResult> ChangeAsync(long id, long version, Func<AppDbContext, SavedFilter, Task<string?>> change, Func<SavedFilter, string> detail, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var filter = await db.SavedFilters.Include(filter => filter.Fields).FirstOrDefaultAsync(filter => filter.Id == id, cancellationToken);
        var name = filter?.Name;
        if ((await RefusalAsync(db, actor, filter, version, cancellationToken) ?? await change(db, filter!)) is { } refusal)
        {
            return SavedFilterResult.Refused(refusal);
        }

        filter!.Version++;
        filter.ChangedAt = time.GetUtcNow();
        audit.Add(db, actor, AuditActions.FilterSaved, name, detail: detail(filter));
        return await SaveAsync(db, filter, cancellationToken);
    }

    private static IQueryable<SavedFilter> VisibleTo(AppDbContext db, string adminId) => db.SavedFilters.AsNoTracking().Where(filter => filter.OwnerId == adminId || filter.IsShared);

    private static async Task<string?> RefusalAsync(AppDbContext db, Actor actor, SavedFilter? filter, long version, CancellationToken cancellationToken)
    {
        if (filter is null || (!filter.IsShared && !string.Equals(filter.OwnerId, actor.Id, StringComparison.Ordinal)))
        {
            // What somebody keeps to themselves is not there for others.
            return SavedFilterRules.Gone;
        }

        var owner = await db.Users.Where(user => user.Id == filter.OwnerId).Select(user => user.UserName).FirstAsync(cancellationToken);
        return !string.Equals(filter.OwnerId, actor.Id, StringComparison.Ordinal) ? $"This filter belongs to {owner}. Duplicate it to change it."
            : filter.Version != version ? SavedFilterRules.ChangedMeanwhile(owner)
            : null;
    }

    private static async Task<SavedFilterResult> SaveAsync(AppDbContext db, SavedFilter filter, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return new SavedFilterResult(filter.Id, null);
        }
        catch (DbUpdateConcurrencyException)
        {
            return SavedFilterResult.Refused(SavedFilterRules.ChangedMeanwhile(null));
        }
        catch (DbUpdateException) when (db.Entry(filter).State is EntityState.Added or EntityState.Modified)
        {
            // The same name, saved in another window between the look and the write; anything else is a fault.
            if (await SavedFilterRules.FaultOfAsync(db, filter.OwnerId, filter.Name, filter.Id, cancellationToken) is { } fault)
            {
                return SavedFilterResult.Refused(fault);
            }

            throw;
        }
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Saved;

/// <summary>What one admin wants of the saved filters: which stand above the list, and which the list opens with.</summary>
public sealed class SavedFilterChoices(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>The address that the admin's list opens with; null for the list of all tickets.</summary>
    public async Task<string?> ReadDefaultAsync(CancellationToken cancellationToken)
    {
        var me = (await currentAdmin.RequireAsync(cancellationToken)).Id;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.SavedFilterChoices.Where(choice => choice.AdminId == me && choice.IsDefault)
            .Join(db.SavedFilters.Where(filter => filter.OwnerId == me || filter.IsShared), choice => choice.FilterId, filter => filter.Id, (_, filter) => filter.Address)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <returns>Null, or why it was not done.</returns>
    public async Task<string?> PinAsync(long id, bool isPinned, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        return await ChooseAsync(actor.Id!, id, (choice, _) => choice.IsPinned = isPinned, cancellationToken);
    }

    /// <summary>At most one is an admin's default: another one is none any more.</summary>
    /// <returns>Null, or why it was not done.</returns>
    public async Task<string?> SetDefaultAsync(long id, bool isDefault, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        return await ChooseAsync(actor.Id!, id, (choice, others) =>
        {
            others.ForEach(other => other.IsDefault = false);
            choice.IsDefault = isDefault;
        }, cancellationToken);
    }

    private async Task<string?> ChooseAsync(string me, long id, Action<SavedFilterChoice, List<SavedFilterChoice>> choose, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TransactAsync(async cancellation =>
        {
            if (!await db.SavedFilters.AnyAsync(filter => filter.Id == id && (filter.OwnerId == me || filter.IsShared), cancellation))
            {
                return SavedFilterRules.Gone;
            }

            var choices = await db.SavedFilterChoices.Where(choice => choice.AdminId == me).ToListAsync(cancellation);
            if (choices.Find(choice => choice.FilterId == id) is not { } choice)
            {
                db.SavedFilterChoices.Add(choice = new SavedFilterChoice { AdminId = me, FilterId = id });
            }

            choose(choice, choices);
            await db.SaveChangesAsync(cancellation);
            return null;
        }, cancellationToken);
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Listing;

/// <summary>Keeps how each admin has arranged the ticket list.</summary>
public sealed class ListLayouts(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    public async Task<ListLayout> ReadAsync(CancellationToken cancellationToken)
    {
        var me = (await currentAdmin.RequireAsync(cancellationToken)).Id;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stored = await db.TicketListLayouts.AsNoTracking().FirstOrDefaultAsync(layout => layout.AdminId == me, cancellationToken);
        return stored is null ? ListLayout.Untouched : ListLayout.Read(stored.Columns, stored.IsDense);
    }

    /// <summary>The last one who saves is right: it is one admin's own, in two windows at most.</summary>
    public async Task SaveAsync(ListLayout layout, CancellationToken cancellationToken)
    {
        var me = (await currentAdmin.RequireAsync(cancellationToken)).Id!;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.TransactAsync(async cancellation =>
        {
            if (await db.TicketListLayouts.FirstOrDefaultAsync(row => row.AdminId == me, cancellation) is not { } stored)
            {
                db.TicketListLayouts.Add(stored = new TicketListLayout { AdminId = me });
            }

            (stored.Columns, stored.IsDense) = (layout.Write(TicketListLayout.ColumnsLength), layout.IsDense);
            return await db.SaveChangesAsync(cancellation);
        }, cancellationToken);
    }
}

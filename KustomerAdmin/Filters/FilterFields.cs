using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Filters;

/// <summary>Everything that tickets can be filtered by, sorted by and shown with.</summary>
public sealed class FilterFields(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>In the order of <see cref="FilterFieldGroup"/>; the ticket's own as they stand on it, the others by their names.</summary>
    public async Task<IReadOnlyList<FilterField>> ReadAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var fields = (await FieldSource.ReadAsync(db, cancellationToken)).Values.Select(source => source.Field).ToList();
        return
        [
            .. fields.OrderBy(field => field.Group)
                .ThenBy(field => field.Group is FilterFieldGroup.Ticket or FilterFieldGroup.Customer ? "" : field.DisplayName, StringComparer.CurrentCultureIgnoreCase),
        ];
    }

    /// <summary>Names for values that are ids.</summary>
    public async Task<FilterNames> ReadNamesAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FilterNames.ReadAsync(db, cancellationToken);
    }
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Fields;

/// <summary>The fields of an instance: those that Kustomer defines, that were seen on tickets, and that every conversation can have.</summary>
public sealed class FieldOverview(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <param name="instanceId">Null, or one that is not there, for the first by name.</param>
    public async Task<FieldSheet> ReadAsync(long? instanceId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var instances = await db.Instances.OrderBy(instance => instance.Name)
            .Select(instance => new FieldInstance(instance.Id, instance.Name, instance.TicketCount, instance.Credential == CredentialState.Connected, instance.NewFields == FieldStorage.HeldBack)).ToListAsync(cancellationToken);
        if ((instances.Find(instance => instance.Id == instanceId) ?? instances.FirstOrDefault()) is not { } chosen)
        {
            return new FieldSheet { Instances = instances };
        }

        var fields = await db.MetadataFields.AsNoTracking().Where(field => field.InstanceId == chosen.Id).ToListAsync(cancellationToken);
        var coverage = await FieldCounts.ReadAsync(db, chosen, cancellationToken);
        var purges = (await Purges(db.FieldPurges, db, chosen.Id).ToListAsync(cancellationToken)).ToLookup(static purge => purge.Key, StringComparer.Ordinal);
        var lines = fields.Where(static field => FieldKey.IsCustomPath(field.Key)).Select(Custom).Concat(Standard(fields.ToDictionary(static field => field.Key, StringComparer.Ordinal)));
        return new FieldSheet
        {
            Instances = instances,
            Instance = chosen,
            Lines = [.. lines.Select(line => line with { Coverage = coverage.GetValueOrDefault(line.Key.Path), Purge = line.Storage is FieldStorage.Excluded ? purges[line.Key.Path].LastOrDefault() : null })],
        };
    }

    /// <summary>The removals under way, for a page that shows how far they have come.</summary>
    public async Task<IReadOnlyList<PurgeLine>> ReadPurgesAsync(long instanceId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Purges(db.FieldPurges.Where(static purge => purge.EndedAt == null), db, instanceId).ToListAsync(cancellationToken);
    }

    /// <summary>Fields of all instances that wait for somebody's decision.</summary>
    public async Task<int> CountWaitingAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.MetadataFields.CountAsync(field => field.Storage == FieldStorage.HeldBack, cancellationToken);
    }

    private static IQueryable<PurgeLine> Purges(IQueryable<FieldPurge> purges, AppDbContext db, long instanceId) =>
        from purge in purges
        join field in db.MetadataFields on purge.FieldId equals field.Id
        where field.InstanceId == instanceId
        orderby purge.Id
        select new PurgeLine(purge.Id, field.Key, field.DisplayName, purge.RequestedBy, purge.RequestedAt, purge.Removed, purge.Expected, purge.EndedAt);

    private static FieldLine Custom(MetadataField field) => new()
    {
        Key = new FieldKey(field.Key, field.Type),
        DisplayName = field.DisplayName,
        Storage = field.Storage,
        LooksSensitive = SensitiveName.Looks(field.Key, field.DisplayName, field.Type),

        // Only a definition gives another name than the key's own.
        Origin = field.IsDefined ? FieldOrigin.Defined
            : string.Equals(field.DisplayName, field.Key[FieldKey.CustomPrefix.Length..], StringComparison.Ordinal) ? FieldOrigin.Seen
            : FieldOrigin.Deleted,
    };

    private static IEnumerable<FieldLine> Standard(Dictionary<string, MetadataField> decided) =>
        TicketFields.All.Select(static own => (own.Key, own.DisplayName)).Concat(StandardFields.All).Select(field => new FieldLine
        {
            Key = field.Key,
            DisplayName = field.DisplayName,
            Storage = decided.GetValueOrDefault(field.Key.Path)?.Storage ?? FieldStorage.Stored,
            Origin = FieldOrigin.Standard,
            Need = TicketFields.NeedOf(field.Key.Path),
        });
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>Records of Kustomer that could not be read.</summary>
public sealed class QuarantineList(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    internal const int Most = 500;

    /// <summary>The latest first, at most 500 of them.</summary>
    /// <returns>Null when the instance is gone.</returns>
    public async Task<QuarantineSheet?> ReadAsync(long instanceId, CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Instances.Where(instance => instance.Id == instanceId).Select(instance => instance.Name).FirstOrDefaultAsync(cancellationToken) is not { } name)
        {
            return null;
        }

        var records = db.QuarantinedRecords.Where(record => record.InstanceId == instanceId);
        var lines = await records.OrderByDescending(record => record.LastSeenAt).ThenByDescending(record => record.Id).Take(Most)
            .Select(record => new QuarantineLine(record.Id, record.KustomerId, record.Reason, record.FirstSeenAt, record.LastSeenAt)).ToListAsync(cancellationToken);
        return new QuarantineSheet(name, lines, await records.CountAsync(cancellationToken));
    }
}

public sealed record QuarantineLine(long Id, string? KustomerId, string Reason, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);

public sealed record QuarantineSheet(string Instance, IReadOnlyList<QuarantineLine> Lines, int Total);

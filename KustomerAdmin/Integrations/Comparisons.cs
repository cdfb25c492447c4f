using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>Comparisons of all that is stored of an instance with what Kustomer has.</summary>
internal static class Comparisons
{
    /// <summary>The last that succeeded or failed; of one that was stopped nothing is known.</summary>
    public static Task<SyncRun?> LastAsync(AppDbContext db, long instanceId, CancellationToken cancellationToken) =>
        db.SyncRuns.AsNoTracking().Where(run => run.InstanceId == instanceId && run.Kind == RunKind.Reconciliation && (run.Outcome == RunOutcome.Succeeded || run.Outcome == RunOutcome.Failed))
            .OrderByDescending(run => run.Id).FirstOrDefaultAsync(cancellationToken);
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations;

/// <summary>The instances as the Integrations screen shows them.</summary>
public sealed class InstanceList(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin)
{
    /// <summary>All instances, by name.</summary>
    public async Task<IReadOnlyList<InstanceLine>> ReadAsync(CancellationToken cancellationToken)
    {
        await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Instances.OrderBy(instance => instance.Name)
            .Select(instance => new InstanceLine
            {
                Id = instance.Id,
                Name = instance.Name,
                Subdomain = instance.Subdomain,
                OrganizationId = instance.OrganizationId,
                Credential = instance.Credential,
                CredentialNote = instance.CredentialNote,
                Run = instance.Run,
                RunNote = instance.RunNote,
                WaitingUntil = instance.WaitingUntil,
                KeyLastFour = instance.KeyLastFour,
                OldKeyLastFour = instance.OldKeyEnvelope == null ? instance.OldKeyLastFour : null,
                IsKeyOfSession = instance.IsKeyOfSession,
                DeletingSince = instance.DeletingSince,
                KeyExpiresAt = instance.KeyExpiresAt,
                LastRanAt = instance.LastRanAt,
                LastDataAt = instance.LastDataAt,
                NextRunAt = instance.NextRunAt,
                TicketCount = instance.TicketCount,
                RequestCount = instance.RequestCount,
                RateShare = instance.RateShare,
                SyncFrom = instance.SyncFrom,
                IsLoaded = instance.HistoryDoneAt != null,
                LastSucceededAt = instance.LastSucceededAt,
                FailingSince = instance.FailingSince,
                PausedBy = instance.PausedBy,
                Unreadable = db.QuarantinedRecords.Count(record => record.InstanceId == instance.Id),
                LastRun = db.SyncRuns.Where(run => run.InstanceId == instance.Id && run.Outcome != RunOutcome.Running)
                    .OrderByDescending(run => run.Id)
                    .Select(run => new RunSummary
                    {
                        Outcome = run.Outcome,
                        Note = run.Note,
                        Added = run.Added,
                        Updated = run.Updated,
                        Deleted = run.Deleted,
                        Requests = run.Requests,
                        Since = db.SyncRuns.Where(before => before.InstanceId == run.InstanceId && before.Id < run.Id && before.Outcome == RunOutcome.Succeeded).Max(before => (DateTimeOffset?)before.StartedAt),
                    })
                    .FirstOrDefault(),
                Progress = db.SyncRuns.Where(run => run.InstanceId == instance.Id && run.Outcome == RunOutcome.Running)
                    .OrderByDescending(run => run.Id)
                    .Select(run => new RunProgress(run.StartedAt, run.Pages, run.Added, run.Updated, run.Unchanged, run.Kind == RunKind.Reconciliation))
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
    }
}

/// <summary>A run under way, as far as it is committed.</summary>
public sealed record RunProgress(DateTimeOffset StartedAt, int Pages, int Added, int Updated, int Unchanged, bool IsComparison)
{
    public int Tickets => Added + Updated + Unchanged;
}

/// <summary>What a run that ended brought.</summary>
public sealed record RunSummary
{
    public RunOutcome Outcome { get; init; }

    public string? Note { get; init; }

    public int Added { get; init; }

    public int Updated { get; init; }

    public int Deleted { get; init; }

    public int Requests { get; init; }

    /// <summary>When the run before it that ended well had begun; null when there was none.</summary>
    public DateTimeOffset? Since { get; init; }
}

public sealed record InstanceLine
{
    public required long Id { get; init; }

    public required string Name { get; init; }

    public required string Subdomain { get; init; }

    public string? OrganizationId { get; init; }

    public CredentialState Credential { get; init; }

    public string? CredentialNote { get; init; }

    public RunState Run { get; init; }

    public string? RunNote { get; init; }

    public DateTimeOffset? WaitingUntil { get; init; }

    public string? KeyLastFour { get; init; }

    /// <summary>A replaced key that should be deleted in Kustomer, now that the new one has had a good run.</summary>
    public string? OldKeyLastFour { get; init; }

    /// <summary>Somebody signed in with e-mail and password: it ends with their session.</summary>
    public bool IsKeyOfSession { get; init; }

    public DateTimeOffset? KeyExpiresAt { get; init; }

    /// <summary>Since when it is being removed.</summary>
    public DateTimeOffset? DeletingSince { get; init; }

    public DateTimeOffset? LastRanAt { get; init; }

    public DateTimeOffset? LastDataAt { get; init; }

    public DateTimeOffset? NextRunAt { get; init; }

    public long TicketCount { get; init; }

    public long RequestCount { get; init; }

    /// <summary>Percent of the rate limit that the sync may use.</summary>
    public int RateShare { get; init; }

    /// <summary>Older tickets are not loaded; null for all that Kustomer's search holds.</summary>
    public DateTimeOffset? SyncFrom { get; init; }

    /// <summary>The first load has reached its start date.</summary>
    public bool IsLoaded { get; init; }

    public DateTimeOffset? LastSucceededAt { get; init; }

    public DateTimeOffset? FailingSince { get; init; }

    public string? PausedBy { get; init; }

    /// <summary>Records that could not be read and are not stored.</summary>
    public int Unreadable { get; init; }

    /// <summary>The last run that ended.</summary>
    public RunSummary? LastRun { get; init; }

    public RunProgress? Progress { get; init; }

    /// <summary>An instance that was never connected can be removed; one that was keeps its tickets and can only be disconnected.</summary>
    public bool IsSetupCancellable => CanCancelSetup(Credential, OrganizationId);

    internal static bool CanCancelSetup(CredentialState credential, string? organizationId) =>
        credential is CredentialState.NotAuthenticated && organizationId is null;
}

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
                KeyExpiresAt = instance.KeyExpiresAt,
                LastRanAt = instance.LastRanAt,
                LastDataAt = instance.LastDataAt,
                NextRunAt = instance.NextRunAt,
                TicketCount = instance.TicketCount,
                RequestCount = instance.RequestCount,
                Progress = db.SyncRuns.Where(run => run.InstanceId == instance.Id && run.Outcome == RunOutcome.Running)
                    .OrderByDescending(run => run.Id)
                    .Select(run => new RunProgress(run.StartedAt, run.Pages, run.Added, run.Updated, run.Unchanged))
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
    }
}

/// <summary>A run under way, as far as it is committed.</summary>
public sealed record RunProgress(DateTimeOffset StartedAt, int Pages, int Added, int Updated, int Unchanged)
{
    public int Tickets => Added + Updated + Unchanged;
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

    public DateTimeOffset? KeyExpiresAt { get; init; }

    public DateTimeOffset? LastRanAt { get; init; }

    public DateTimeOffset? LastDataAt { get; init; }

    public DateTimeOffset? NextRunAt { get; init; }

    public long TicketCount { get; init; }

    public long RequestCount { get; init; }

    public RunProgress? Progress { get; init; }

    /// <summary>An instance that was never connected can be removed; one that was keeps its tickets and can only be disconnected.</summary>
    public bool IsSetupCancellable => CanCancelSetup(Credential, OrganizationId);

    internal static bool CanCancelSetup(CredentialState credential, string? organizationId) =>
        credential is CredentialState.NotAuthenticated && organizationId is null;
}

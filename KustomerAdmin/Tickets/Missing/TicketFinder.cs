using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Filters;
using KustomerAdmin.Integrations;
using KustomerAdmin.Tickets.Composing;
using KustomerAdmin.Tickets.Searching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tickets.Missing;

/// <summary>
/// Why a ticket that somebody names is not in the list that they look at. What is stored answers first; only what it does not know is asked of
/// Kustomer, one request for each instance that may have the ticket.
/// </summary>
public sealed class TicketFinder(IDbContextFactory<AppDbContext> contexts, CurrentAdmin currentAdmin, AuditLog audit, TicketSearch search, LiveLookup live, TimeProvider time)
{
    public async Task<TicketFindings> FindAsync(TicketReference reference, TicketQuery list, ViewerTime viewer, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await audit.WriteAsync(actor, AuditActions.TicketSought, reference.Subdomain is { } subdomain ? $"{subdomain} {reference.KustomerId}" : reference.KustomerId, AuditOutcome.Succeeded, null, cancellationToken);
        var place = await ReadAsync(reference, cancellationToken);
        if (place.Stored.Find(ticket => ticket.DeletedAt is null) is { } there)
        {
            return new TicketFindings([await WithinListAsync(place.InstanceOf(there.InstanceId), there.Id, list, viewer, cancellationToken)], 0);
        }

        if (place.Stored is [var gone, ..])
        {
            return await AskAsync([place.Instances.First(instance => instance.Id == gone.InstanceId)], gone);
        }

        if (place.Quarantined is { } record)
        {
            return new TicketFindings([new TicketFinding.Unreadable(place.InstanceOf(record.InstanceId), record.Reason, IsKept: true)], 0);
        }

        var asked = place.Instances.FindAll(instance => reference.Subdomain is null || string.Equals(instance.Subdomain, reference.Subdomain, StringComparison.Ordinal));
        return asked.Count == 0 ? new TicketFindings([new TicketFinding.Unconnected(reference.Subdomain)], 0) : await AskAsync(asked, null);

        async Task<TicketFindings> AskAsync(List<Instance> instances, StoredTrace? stored)
        {
            var answers = await Task.WhenAll(instances.Select(instance => live.AskAsync(actor, instance, reference.KustomerId, cancellationToken)));
            List<TicketFinding> findings = [];
            foreach (var (instance, answer) in instances.Zip(answers))
            {
                findings.Add(await ExplainAsync(instance, answer, stored, cancellationToken));
            }

            // One that has the ticket makes the others' silence uninteresting.
            var found = findings.FindAll(finding => finding is not (TicketFinding.Unknown or TicketFinding.Unreachable or TicketFinding.Unanswered));
            return new TicketFindings(found.Count > 0 ? found : findings, answers.Sum(answer => answer.Requests));
        }
    }

    private async Task<TicketFinding> WithinListAsync(FoundInstance instance, long ticketId, TicketQuery list, ViewerTime viewer, CancellationToken cancellationToken) =>
        await search.FailingConditionsAsync(list, viewer, ticketId, cancellationToken) is { Count: > 0 } conditions ? new TicketFinding.Filtered(instance, ticketId, conditions)
        : list.Sample is { } sample ? new TicketFinding.Sampled(instance, ticketId, sample.Count)
        : new TicketFinding.Listed(instance, ticketId);

    private async Task<TicketFinding> ExplainAsync(Instance instance, LiveAnswer answer, StoredTrace? stored, CancellationToken cancellationToken)
    {
        var found = Found(instance);
        switch (answer)
        {
            case LiveAnswer.NotAsked when stored is null:
                return new TicketFinding.Unreachable(found, instance.Credential is CredentialState.Disconnected, instance.CredentialNote);
            case LiveAnswer.Failed failed when stored is null:
                return failed.IsThere ? new TicketFinding.Unreadable(found, failed.Problem, IsKept: false) : new TicketFinding.Unanswered(found, failed.Problem);
            case LiveAnswer.NotThere when stored is null:
                return new TicketFinding.Unknown(found);
            case LiveAnswer.Another another:
                return new TicketFinding.Gone(found, stored?.Id, stored?.DeletedAt, await SurvivorAsync(instance.Id, another.KustomerId, cancellationToken));
            case LiveAnswer.There there:
                return await WhyNotSyncedAsync(instance, found, there.UpdatedAt, cancellationToken);
            default:
                return new TicketFinding.Gone(found, stored?.Id, stored?.DeletedAt, null);
        }
    }

    /// <summary>Kustomer has it, and it belongs to what the instance syncs unless it is too old.</summary>
    private async Task<TicketFinding> WhyNotSyncedAsync(Instance instance, FoundInstance found, DateTimeOffset updatedAt, CancellationToken cancellationToken)
    {
        if (updatedAt < (instance.SyncFrom ?? SyncStart.SearchBegins(time.GetUtcNow())))
        {
            return new TicketFinding.TooOld(found, updatedAt, instance.SyncFrom);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var lastSyncAt = await db.SyncRuns.Where(run => run.InstanceId == instance.Id && run.Outcome == RunOutcome.Succeeded && run.Kind != RunKind.Reconciliation).MaxAsync(run => (DateTimeOffset?)run.StartedAt, cancellationToken);
        return instance.Run is RunState.Paused ? new TicketFinding.Paused(found, instance.PausedBy)
            : instance.FailingSince is { } since ? new TicketFinding.Failing(found, since, instance.RunNote)
            : instance is { Run: RunState.Waiting, WaitingUntil: { } until } ? new TicketFinding.Waiting(found, until)
            : instance.HistoryDoneAt is null && (instance.HistoryCursor is null || updatedAt <= instance.HistoryCursor) ? new TicketFinding.Loading(found, updatedAt, instance.HistoryCursor)
            : lastSyncAt is { } began && updatedAt < began ? new TicketFinding.Overlooked(found, updatedAt, began)
            : new TicketFinding.NotYet(found, updatedAt, lastSyncAt);
    }

    private async Task<Survivor> SurvivorAsync(long instanceId, string kustomerId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return new Survivor(kustomerId, await db.Tickets.Where(ticket => ticket.InstanceId == instanceId && ticket.KustomerId == kustomerId && ticket.DeletedAt == null)
            .Select(ticket => (long?)ticket.Id).FirstOrDefaultAsync(cancellationToken));
    }

    private async Task<Place> ReadAsync(TicketReference reference, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = reference.KustomerId;
        return new Place(
            await db.Instances.AsNoTracking().OrderBy(instance => instance.Name).ToListAsync(cancellationToken),
            await db.Tickets.Where(ticket => ticket.KustomerId == id).Select(ticket => new StoredTrace(ticket.Id, ticket.InstanceId, ticket.DeletedAt)).ToListAsync(cancellationToken),
            await db.QuarantinedRecords.Where(record => record.KustomerId == id).Select(record => new Unread(record.InstanceId, record.Reason)).FirstOrDefaultAsync(cancellationToken));
    }

    private static FoundInstance Found(Instance instance) => new(instance.Id, instance.Name, instance.Subdomain);

    private sealed record Place(List<Instance> Instances, List<StoredTrace> Stored, Unread? Quarantined)
    {
        public FoundInstance InstanceOf(long id) => Found(Instances.First(instance => instance.Id == id));
    }

    private sealed record StoredTrace(long Id, long InstanceId, DateTimeOffset? DeletedAt);

    private sealed record Unread(long InstanceId, string Reason);
}

using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Integrations.Connecting;

/// <summary>Connects, fixes and reconnects instances. Whatever Kustomer says of the credentials, what was typed is kept, except the key.</summary>
public sealed class InstanceService(
    IDbContextFactory<AppDbContext> contexts,
    CurrentAdmin currentAdmin,
    AuditLog audit,
    ConnectionCheck check,
    InstanceClients clients,
    InstanceEvents events,
    RequestLedger ledger,
    TimeProvider time)
{
    /// <summary>Creates an instance. With credentials that do not work it is created all the same, to be fixed or cancelled.</summary>
    public async Task<ConnectResult> ConnectAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        if (ConnectForm.Read(request, out var form) is { } fault)
        {
            return fault;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await ConflictAsync(db, form, ownId: 0, cancellationToken) is { } conflict)
        {
            return conflict;
        }

        var report = await CheckAsync(form, cancellationToken);
        return await SaveAsync(db, form, report, actor, AuditActions.InstanceConnected, async cancellation =>
        {
            var instance = new Instance { Name = form.Name, Subdomain = form.Subdomain.Label, CreatedAt = time.GetUtcNow() };
            db.Instances.Add(instance);

            // The envelope of the key is bound to the row's id, which the database gives.
            await db.SaveChangesAsync(cancellation);
            return instance;
        }, ownId: 0, cancellationToken);
    }

    /// <summary>Tries other credentials for an instance that is not authenticated; before its first connection also another name and subdomain.</summary>
    public Task<ConnectResult> FixAsync(long instanceId, ConnectRequest request, CancellationToken cancellationToken) =>
        RetryAsync(instanceId, CredentialState.NotAuthenticated, request, AuditActions.InstanceFixed, cancellationToken);

    /// <summary>Connects a disconnected instance again, with its tickets. The credentials were erased, so they are always asked for.</summary>
    public Task<ConnectResult> ReconnectAsync(long instanceId, ConnectRequest request, CancellationToken cancellationToken) =>
        RetryAsync(instanceId, CredentialState.Disconnected, request, AuditActions.InstanceReconnected, cancellationToken);

    private async Task<ConnectResult> RetryAsync(long instanceId, CredentialState expected, ConnectRequest request, string action, CancellationToken cancellationToken)
    {
        var actor = await currentAdmin.RequireAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellationToken);
        if (known is null || known.Credential != expected || known.DeletingSince is not null)
        {
            return new ConnectResult.Overtaken("This instance was changed meanwhile. The list shows how it is now.");
        }

        // Tickets stay with the organisation they came from.
        if (ConnectForm.Read(known.OrganizationId is null ? request : request with { Name = known.Name, Subdomain = known.Subdomain }, out var form) is { } fault)
        {
            return fault;
        }

        if (await ConflictAsync(db, form, instanceId, cancellationToken) is { } conflict)
        {
            return conflict;
        }

        var report = Same(known, await CheckAsync(form, cancellationToken));
        return await SaveAsync(db, form, report, actor, action, async cancellation =>
        {
            var instance = await db.Instances.FirstOrDefaultAsync(instance => instance.Id == instanceId, cancellation)
                ?? throw new DbUpdateConcurrencyException("The instance was removed meanwhile.");
            db.Entry(instance).Property(entry => entry.Epoch).OriginalValue = known.Epoch;
            (instance.Name, instance.Subdomain) = (form.Name, form.Subdomain.Label);
            return instance;
        }, instanceId, cancellationToken);
    }

    private async Task<ConnectResult> SaveAsync(
        AppDbContext db, ConnectForm form, ConnectionReport report, Actor actor, string action, Func<CancellationToken, Task<Instance>> getAsync, long ownId, CancellationToken cancellationToken)
    {
        var result = await TrySaveAsync(db, form, report, actor, action, getAsync, ownId, cancellationToken);
        var cause = new RequestCause(RequestPurpose.ConnectionCheck) { CausedBy = actor.Name };
        var askedFor = result switch
        {
            ConnectResult.Connected connected => connected.InstanceId,
            ConnectResult.NotAuthenticated refused => refused.InstanceId,
            ConnectResult.AlreadyThere other => other.InstanceId,
            _ => ownId,
        };
        foreach (var request in askedFor == 0 ? [] : report.Requests)
        {
            ledger.Record(askedFor, cause, request);
        }

        return result;
    }

    private async Task<ConnectResult> TrySaveAsync(
        AppDbContext db, ConnectForm form, ConnectionReport report, Actor actor, string action, Func<CancellationToken, Task<Instance>> getAsync, long ownId, CancellationToken cancellationToken)
    {
        try
        {
            var (id, awaitsStart) = await db.TransactAsync(async cancellation =>
            {
                var instance = await getAsync(cancellation);
                Apply(instance, form, report, actor);
                audit.Add(db, actor, action, instance.Name, report.IsAccepted ? AuditOutcome.Succeeded : AuditOutcome.Failed, report.Obstacle);
                await db.SaveChangesAsync(cancellation);
                await TagNames.KeepAsync(db, instance.Id, report.Tags, cancellation);
                return (instance.Id, FirstSync.IsPending(instance));
            }, cancellationToken);
            events.Publish(id);
            return report.IsAccepted ? new ConnectResult.Connected(id, report, awaitsStart) : new ConnectResult.NotAuthenticated(id, report);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ConnectResult.Overtaken("This instance was changed by somebody else meanwhile. The list shows how it is now.");
        }
        catch (DbUpdateException exception)
        {
            // A second click or a second admin was faster; the unique indexes say so.
            db.ChangeTracker.Clear();
            return await ConflictAsync(db, form, ownId, cancellationToken) ?? await SameOrganizationAsync(db, report, cancellationToken) ?? throw new InvalidOperationException("The instance could not be saved.", exception);
        }
    }

    private void Apply(Instance instance, ConnectForm form, ConnectionReport report, Actor actor)
    {
        // Whatever still runs under the old credentials must not write any more.
        instance.Epoch++;
        if (!report.IsAccepted)
        {
            instance.Credential = CredentialState.NotAuthenticated;
            instance.CredentialNote = report.Obstacle;
            instance.NextRunAt = null;
            InstanceClients.Erase(instance);
            return;
        }

        instance.Credential = CredentialState.Connected;
        instance.CredentialNote = null;
        (instance.CheckedAt, instance.LackedParts) = (time.GetUtcNow(), report.Lacks(before: null));
        instance.OrganizationId = report.OrganizationId;
        (instance.Run, instance.RunNote, instance.PausedBy) = (RunState.Idle, null, null);
        (instance.FailingSince, instance.Failures) = (null, 0);
        instance.NextRunAt = FirstSync.IsPending(instance) ? time.GetUtcNow() + FirstSync.Patience : time.GetUtcNow();
        instance.RunRequestedBy = actor.Name;
        clients.Store(instance, report.Key!, isOfSession: form.SignIn is not null);
    }

    private Task<ConnectionReport> CheckAsync(ConnectForm form, CancellationToken cancellationToken) =>
        form.SignIn is { } signIn ? check.RunAsync(form.Subdomain, signIn, cancellationToken) : check.RunAsync(form.Subdomain, form.Key!, cancellationToken);

    private static ConnectionReport Same(Instance instance, ConnectionReport report) =>
        instance.OrganizationId is { } known && report.OrganizationId is { } found && !string.Equals(known, found, StringComparison.Ordinal)
            ? report with { Lines = [.. report.Lines, new CheckLine("Same organisation", CheckOutcome.Failed, $"The tickets stored here came from another organisation that was called {instance.Subdomain} then. Connect this one as a new instance.")] }
            : report;

    /// <summary>The organisation was given another subdomain in Kustomer since it was connected.</summary>
    private static async Task<ConnectResult?> SameOrganizationAsync(AppDbContext db, ConnectionReport report, CancellationToken cancellationToken) =>
        await db.Instances.Where(instance => instance.OrganizationId != null && instance.OrganizationId == report.OrganizationId)
            .Select(instance => new ConnectResult.AlreadyThere(instance.Id, instance.Name)).FirstOrDefaultAsync(cancellationToken);

    private static async Task<ConnectResult?> ConflictAsync(AppDbContext db, ConnectForm form, long ownId, CancellationToken cancellationToken)
    {
        var label = form.Subdomain.Label;
        var same = await db.Instances.Where(instance => instance.Id != ownId && (instance.Subdomain == label || instance.Name == form.Name))
            .Select(instance => new { instance.Id, instance.Name, instance.Subdomain }).ToListAsync(cancellationToken);
        return same.Find(instance => string.Equals(instance.Subdomain, label, StringComparison.Ordinal)) is { } connected ? new ConnectResult.AlreadyThere(connected.Id, connected.Name)
            : same.Count > 0 ? new ConnectResult.Invalid(ConnectField.Name, "Another instance has this name. Choose a different one.")
            : null;
    }
}

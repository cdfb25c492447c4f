using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>Compares what is stored with what the model knows.</summary>
internal sealed class Checker(ModelKustomer kustomer, TimeProvider clock)
{
    private readonly Dictionary<string, DateTimeOffset> _newest = new(StringComparer.Ordinal);
    private readonly List<string> _heard = [];
    private long _instanceId;
    private DateTimeOffset _connectedAt;

    /// <summary>What was seen to be broken where nobody could stop.</summary>
    public void Hear(string complaint) => _heard.Add(complaint);

    public void Begin(long instanceId) => (_instanceId, _connectedAt) = (instanceId, clock.GetUtcNow());

    /// <summary>What must hold whenever no run is under way, finished or not.</summary>
    public async Task CheckAsync(SimulatedConsole console)
    {
        Require(_heard.Count == 0, _heard.FirstOrDefault() ?? "");
        var instance = (await console.InstanceAsync(_instanceId))!;
        var stored = await console.StoredAsync(db => db.Tickets.AsNoTracking().Where(ticket => ticket.InstanceId == _instanceId).Select(ticket => new { Id = ticket.KustomerId, ticket.UpdatedAt, ticket.DeletedAt, ticket.MissingSince }).ToListAsync());
        foreach (var ticket in stored)
        {
            Require(!_newest.TryGetValue(ticket.Id, out var known) || ticket.UpdatedAt >= known || kustomer.World.Records.Find(record => record.Id == ticket.Id)!.WasAhead(known), $"I3: ticket {ticket.Id} went back from {known:o} to {ticket.UpdatedAt:o}");
            _newest[ticket.Id] = ticket.UpdatedAt;
        }

        var gone = kustomer.World.Records.Where(record => record.WasEverGone).Select(record => record.Id).ToHashSet(StringComparer.Ordinal);
        var wrong = stored.Find(ticket => ticket.DeletedAt is not null && !gone.Contains(ticket.Id));
        Require(wrong is null, $"I7: conversation {wrong?.Id} was never gone, but is marked as deleted; missing since {wrong?.MissingSince:o}, {kustomer.World.Records.Find(record => record.Id == wrong?.Id)}");
        Require(instance.Run is RunState.Idle or RunState.Failed or RunState.Paused, $"I8: nothing runs, but the instance says {instance.Run}");
        Require(instance.Run is not RunState.Failed || instance.RunNote is { Length: > 0 }, "I8: a failed run without a reason");
        Require(instance.Credential is not CredentialState.NotAuthenticated || instance.CredentialNote is { Length: > 0 }, "I8: a rejected key without a reason");
        Require(instance.Credential is not CredentialState.Connected || instance.NextRunAt is not null || instance.Run is RunState.Paused, "I8: a connected instance without a next run");
        var runs = await console.StoredAsync(db => db.SyncRuns.AsNoTracking().Where(run => run.InstanceId == _instanceId).ToListAsync());
        Require(!runs.Exists(run => run.Outcome is RunOutcome.Running), "I8: nothing runs, but a run says it does");
        var there = stored.Count(ticket => ticket.DeletedAt is null);
        Require(instance.TicketCount == there, $"I10: the instance counts {instance.TicketCount} tickets, {there} are stored and not deleted");
        var succeededAt = runs.Where(run => run.Outcome is RunOutcome.Succeeded).Max(run => run.EndedAt);
        Require(instance.LastSucceededAt == succeededAt, $"I10: the last run that went well ended at {succeededAt:o}, the instance says {instance.LastSucceededAt:o}");
        Require(runs.Sum(run => run.Added) == stored.Count, $"I10: the runs added {runs.Sum(run => run.Added)} tickets, {stored.Count} are stored");
        CheckProgress(instance, runs, stored.ToDictionary(ticket => ticket.Id, ticket => ticket.UpdatedAt, StringComparer.Ordinal));
    }

    /// <summary>What must hold when nothing has happened for two days.</summary>
    public async Task CheckEndAsync(SimulatedConsole console)
    {
        await CheckAsync(console);
        var instance = (await console.InstanceAsync(_instanceId))!;
        var stored = (await StoredAsync(console)).ToDictionary(ticket => ticket.Id, StringComparer.Ordinal);
        var now = clock.GetUtcNow();
        foreach (var record in kustomer.World.Records.Where(record => record.IsThere && !record.Current.IsUnreadable && IsInScope(instance, record.Current, now)))
        {
            Require(stored.TryGetValue(record.Id, out var ticket), $"I1: conversation {record.Id} of {record.Current} is not stored");
            Require(string.Equals(ticket!.Subject, record.SubjectOf(record.Current), StringComparison.Ordinal) && ticket.UpdatedAt == record.Current.UpdatedAt, $"I1: conversation {record.Id} of {record.Current} is stored as {ticket}");
            Require(string.Equals(ticket.Customer, ModelWorld.CustomerId(record.Current.Customer), StringComparison.Ordinal), $"I1: conversation {record.Id} belongs to another customer");
            Require(ticket.DeletedAt is null, $"I7: conversation {record.Id} is there, but marked as deleted");
            Require((ticket.Tags, ticket.Channels, ticket.Fields) == (1, 1, 1), $"I2: conversation {record.Id} has {ticket.Tags} tags, {ticket.Channels} channels, {ticket.Fields} values of one custom field");
        }

        foreach (var record in kustomer.World.Records.Where(record => !record.IsThere))
        {
            Require(!stored.TryGetValue(record.Id, out var ticket) || ticket.DeletedAt is not null, $"I7: conversation {record.Id} is gone since {record.GoneAt ?? record.Current.UpdatedAt:o}, and stored as {ticket}");
        }

        var known = kustomer.World.Records.Select(record => record.Id).ToHashSet(StringComparer.Ordinal);
        Require(stored.Keys.All(known.Contains), "I2: a ticket is stored that never was");

        // A ticket that became unreadable between being stored and being counted is in no window that is looked at again.
        var uncertain = kustomer.World.Records.Where(record => record.Current.IsUnreadable).Select(record => ModelWorld.CustomerId(record.Current.Customer)).Concat(kustomer.World.Shrunk).ToHashSet(StringComparer.Ordinal);

        // Kustomer's search finds no customer by conversations that are in the archive only: known, and not cured.
        var found = kustomer.World.Records.Where(record => record.IsThere && record.Current.UpdatedAt >= now.AddYears(-2)).Select(record => ModelWorld.CustomerId(record.Current.Customer)).ToHashSet(StringComparer.Ordinal);
        foreach (var customer in (await CustomersAsync(console)).Where(customer => found.Contains(customer.KustomerId) && !uncertain.Contains(customer.KustomerId)))
        {
            var count = kustomer.World.CountOf(int.Parse(customer.KustomerId, System.Globalization.CultureInfo.InvariantCulture));
            Require(customer.ConversationCount == count, $"Customer {customer.KustomerId} has {count} conversations, stored are {customer.ConversationCount}");
        }
    }

    /// <summary>Changes with anything that a sync writes of tickets.</summary>
    public Task<string> FingerprintAsync(SimulatedConsole console) => console.StoredAsync(async db =>
    {
        var tickets = await db.Tickets.AsNoTracking().OrderBy(ticket => ticket.Id).Select(ticket => $"{ticket.Id} {ticket.KustomerId} {ticket.UpdatedAt:o} {ticket.ContentHash} {ticket.Subject}").ToListAsync();
        return $"{string.Join('\n', tickets)}\n{await db.TicketTags.CountAsync()} {await db.TicketChannels.CountAsync()} {await db.TicketMetadata.CountAsync()}";
    });

    /// <summary>Changes with any page that a run commits; that its requests were sent is counted all the same.</summary>
    public async Task<string> WrittenAsync(SimulatedConsole console)
    {
        var instance = (await console.InstanceAsync(_instanceId))!;
        var runs = await console.StoredAsync(db => db.SyncRuns.AsNoTracking().OrderBy(run => run.Id).Select(run => $"{run.Id} {run.Pages} {run.Added} {run.Updated} {run.Unchanged}").ToListAsync());
        return $"{StringComparer.Ordinal.GetHashCode(await FingerprintAsync(console))}\n{instance.Epoch} {instance.SyncCursor:o} {instance.HistoryCursor:o} {instance.TicketCount}\n{string.Join('\n', runs)}";
    }

    /// <summary>I4: all that the cursor has passed is stored, wherever the run was stopped.</summary>
    private void CheckProgress(Instance instance, List<SyncRun> runs, Dictionary<string, DateTimeOffset> stored)
    {
        // What the search showed when the last run that read upwards to its end began, it had to bring.
        var since = runs.Where(run => run is { Outcome: RunOutcome.Succeeded, Kind: RunKind.Update }).Select(run => (DateTimeOffset?)run.StartedAt).Max() ?? _connectedAt;
        var now = clock.GetUtcNow();
        foreach (var record in kustomer.World.Records)
        {
            var version = record.Current;
            if (record.IsThere && !version.IsUnreadable && version.VisibleAt <= since && version.UpdatedAt < instance.SyncCursor && (instance.HistoryDoneAt is not null || version.UpdatedAt > instance.HistoryCursor)
                && version.VisibleAt - version.UpdatedAt < TimeSpan.FromMinutes(9) && IsInScope(instance, version, now))
            {
                Require(stored.TryGetValue(record.Id, out var updatedAt) && updatedAt == version.UpdatedAt, $"I4: the cursor stands at {instance.SyncCursor:o}, but {record.Id} of {version} is stored as of {updatedAt:o}");
            }
        }
    }

    /// <summary>Two years are what the search shows; what crosses that line in these days may be in or out.</summary>
    private static bool IsInScope(Instance instance, ModelVersion version, DateTimeOffset now) => version.UpdatedAt >= (instance.SyncFrom ?? now.AddYears(-2).AddDays(7));

#pragma warning disable MA0011 // Translated to SQL, which has no culture.
    private Task<List<StoredTicket>> StoredAsync(SimulatedConsole console) => console.StoredAsync(db => db.Tickets.AsNoTracking().Where(ticket => ticket.InstanceId == _instanceId)
        .Select(ticket => new StoredTicket(ticket.KustomerId, ticket.UpdatedAt, ticket.DeletedAt, ticket.Subject, ticket.Customer!.KustomerId, ticket.Tags.Count, ticket.Channels.Count,
            ticket.Metadata.Count(value => value.TextValue != null && value.TextValue == ticket.MessageCount.ToString()))).ToListAsync());
#pragma warning restore MA0011

    private Task<List<Customer>> CustomersAsync(SimulatedConsole console) =>
        console.StoredAsync(db => db.Customers.AsNoTracking().Where(customer => customer.InstanceId == _instanceId).ToListAsync());

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new SimulationException(otherwise);
        }
    }

    private sealed record StoredTicket(string Id, DateTimeOffset UpdatedAt, DateTimeOffset? DeletedAt, string? Subject, string? Customer, int Tags, int Channels, int Fields);
}

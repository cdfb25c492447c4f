using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Kustomer.Models;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>One run of one instance: everything that changed in Kustomer since the cursor. It knows no timers; somebody calls it.</summary>
internal sealed partial class SyncRunner(
    IDbContextFactory<AppDbContext> contexts,
    InstanceClients clients,
    Leases leases,
    RunBook book,
    RunEndings endings,
    TicketWriter tickets,
    CustomerCountWriter customerCounts,
    Reconciliation reconciliation,
    InstanceEvents events,
    TimeProvider time,
    ILogger<SyncRunner> logger)
{
    /// <summary>Read again before the cursor: Kustomer's search lags behind its database, and clocks differ.</summary>
    private static readonly TimeSpan s_overlap = TimeSpan.FromMinutes(10);

    /// <summary>The cursor never comes closer to now than this, so a ticket with a date in the future cannot drag it along.</summary>
    private static readonly TimeSpan s_settle = TimeSpan.FromMinutes(1);

    public async Task RunAsync(long instanceId, CancellationToken cancellationToken)
    {
        if (await book.BeginAsync(instanceId, cancellationToken) is not var (run, cursor))
        {
            return;
        }

        var (started, accounted) = (time.GetTimestamp(), 0);
        var meter = new RequestMeter(RequestPriority.Batch);
        RunEnd end;
        await using (var lease = leases.Keep(run))
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost))
        {
            end = await CarryOutAsync(run, cursor, meter, TakeRequests, stop.Token) with { Requests = TakeRequests() };
        }

        await endings.EndAsync(run, end);
        Log.Ended(logger, instanceId, end.Outcome, run.Counts.Added, run.Counts.Updated, run.Counts.Unchanged, meter.Sent, time.GetElapsedTime(started));

        int TakeRequests()
        {
            var sent = meter.Sent;
            (sent, accounted) = (sent - accounted, sent);
            return sent;
        }
    }

    /// <summary>Nothing that goes wrong in a run leaves it.</summary>
    private async Task<RunEnd> CarryOutAsync(SyncRunState run, DateTimeOffset? cursor, RequestMeter meter, Func<int> takeRequests, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await clients.OpenAsync(run.InstanceId, run.Cause, meter, cancellationToken) ?? throw new SyncOvertakenException();
            var isNightly = run.Kind is RunKind.Reconciliation;
            return new RunEnd(RunOutcome.Succeeded, await (isNightly ? reconciliation.RunAsync(client, run, takeRequests, cancellationToken) : ReadAsync(client, run, cursor, takeRequests, cancellationToken)));
        }
        catch (Exception exception) when (exception is SyncOvertakenException || cancellationToken.IsCancellationRequested)
        {
            return new RunEnd(RunOutcome.Cancelled, null);
        }
        catch (KeyRejectedException exception)
        {
            await endings.RejectKeyAsync(run, exception.Message);
            return new RunEnd(RunOutcome.Failed, $"{exception.Message} Enter another key under Fix credentials.");
        }
        catch (Exception exception) when (exception is KustomerException or SyncException)
        {
            return new RunEnd(RunOutcome.Failed, $"{exception.Message} What was read before is stored; the next run goes on from there.", IsUnanswered: exception is KustomerUnavailableException);
        }
        catch (Exception exception)
        {
            Log.Unexpected(logger, exception, run.InstanceId);
            return new RunEnd(RunOutcome.Failed, "The console met an unexpected problem; its log has the details. What was read before is stored; the next run goes on from there.");
        }
    }

    /// <returns>What could not be read although the run succeeded; null when all could.</returns>
    private async Task<string?> ReadAsync(KustomerClient client, SyncRunState run, DateTimeOffset? cursor, Func<int> takeRequests, CancellationToken cancellationToken)
    {
        var cursorAtStart = cursor;
        var start = new SearchQuery { UpdatedFrom = cursor - s_overlap };
        var hasUnnamedFields = false;
        var walk = new KeysetWalk<MappedTicket>(
            Patiently<MappedTicket>(run, (query, cancellation) => client.SearchConversationsAsync(query, TicketMapper.Map, cancellation)), static ticket => ticket.KustomerId, static ticket => ticket.UpdatedAt);
        await foreach (var (page, reached) in walk.ReadAsync(start, cancellationToken))
        {
            var settled = time.GetUtcNow() - s_settle;
            var next = reached < settled ? reached : settled;
            var moved = next > cursor || cursor is null ? next : (DateTimeOffset?)null;
            var requests = takeRequests();
            var (counts, unnamed) = await tickets.WriteAsync(
                run, page.Records, (db, stored, cancellation) => book.CommitPageAsync(db, run, stored with { Unreadable = page.Unreadable.Count }, moved, requests, cancellation), cancellationToken);
            cursor = next > cursor || cursor is null ? next : cursor;
            hasUnnamedFields |= unnamed;
            run.Counts += counts;
            run.Pages++;
            events.Publish(run.InstanceId);
        }

        List<string> missing = [];
        if (run.Counts.HasNews || run.Leftovers is not null)
        {
            var from = run.Leftovers is { } leftovers ? Earlier(leftovers.Since, cursorAtStart) : cursorAtStart;
            run.Cause.Purpose = RequestPurpose.CustomerCounts;
            await UnlessRoleMissingAsync(missing, () => CountCustomersAsync(client, run, from - s_overlap, takeRequests, cancellationToken));
        }

        if (hasUnnamedFields || run.Leftovers is not null)
        {
            run.Cause.Purpose = RequestPurpose.FieldNames;
            await UnlessRoleMissingAsync(missing, () => NameFieldsAsync(client, run, cancellationToken));
        }

        return missing.Count == 0 ? null : string.Join(' ', missing);
    }

    /// <summary>
    /// The number of conversations of every customer with a conversation in the window, up to 500 customers a request
    /// (a search for customers may filter by their conversations: https://developer.kustomer.com/docs/concepts/search).
    /// </summary>
    private async Task CountCustomersAsync(KustomerClient client, SyncRunState run, DateTimeOffset? from, Func<int> takeRequests, CancellationToken cancellationToken)
    {
        var start = new SearchQuery { ConversationUpdatedFrom = from ?? DateTimeOffset.UnixEpoch };
        var walk = new KeysetWalk<CustomerCount>(Patiently<CustomerCount>(run, client.SearchCustomersAsync), static customer => customer.Id, static customer => customer.UpdatedAt);
        await foreach (var (page, _) in walk.ReadAsync(start, cancellationToken))
        {
            await customerCounts.WriteAsync(run, page.Records, takeRequests(), cancellationToken);
        }
    }

    /// <summary>Null is the beginning of all.</summary>
    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || one is null ? one : other;

    private async Task NameFieldsAsync(KustomerClient client, SyncRunState run, CancellationToken cancellationToken)
    {
        var definitions = await PatientlyAsync(run, client.GetConversationFieldsAsync, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var catalog = await FieldCatalog.LoadAsync(db, run.InstanceId, cancellationToken);
        await catalog.NameAsync(db, definitions, cancellationToken);
    }

    /// <summary>A missing role costs what needs it, not the run.</summary>
    private static async Task UnlessRoleMissingAsync(List<string> missing, Func<Task> workAsync)
    {
        try
        {
            await workAsync();
        }
        catch (RoleMissingException exception)
        {
            missing.Add(exception.Message);
        }
    }

    private Func<SearchQuery, CancellationToken, Task<RecordPage<T>>> Patiently<T>(SyncRunState run, Func<SearchQuery, CancellationToken, Task<RecordPage<T>>> search) =>
        (query, cancellationToken) => PatientlyAsync(run, cancellation => search(query, cancellation), cancellationToken);

    /// <summary>A 429 is a pause, not a failure: nothing is sent until the limit resets, then the same is asked again.</summary>
    private async Task<T> PatientlyAsync<T>(SyncRunState run, Func<CancellationToken, Task<T>> askAsync, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await askAsync(cancellationToken);
            }
            catch (RateLimitedException limited)
            {
                Log.Waiting(logger, run.InstanceId, limited.ResetAt);
                await book.WaitAsync(run, limited.ResetAt, cancellationToken);
                var pause = limited.ResetAt - time.GetUtcNow();
                await Task.Delay(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, time, cancellationToken);
                await book.WaitAsync(run, until: null, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Sync of instance {InstanceId}: {Outcome}; {Added} added, {Updated} updated, {Unchanged} unchanged, {Requests} requests, {Elapsed}")]
        public static partial void Ended(ILogger logger, long instanceId, RunOutcome outcome, int added, int updated, int unchanged, int requests, TimeSpan elapsed);

        [LoggerMessage(Level = LogLevel.Information, Message = "Sync of instance {InstanceId} waits for Kustomer's rate limit until {Until}")]
        public static partial void Waiting(ILogger logger, long instanceId, DateTimeOffset until);

        [LoggerMessage(Level = LogLevel.Error, Message = "Sync of instance {InstanceId} ended unexpectedly")]
        public static partial void Unexpected(ILogger logger, Exception exception, long instanceId);
    }
}

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync.Reading;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Sync;

/// <summary>One run of one instance: the first load, what changed since, or a comparison. It knows no timers; somebody calls it.</summary>
internal sealed partial class SyncRunner(
    IDbContextFactory<AppDbContext> contexts,
    InstanceClients clients,
    Leases leases,
    RunBook book,
    RunEndings endings,
    FirstLoad firstLoad,
    UpdateWalk updates,
    Reconciliation reconciliation,
    CustomerCounts customerCounts,
    TimeProvider time,
    ILogger<SyncRunner> logger)
{
    public async Task RunAsync(long instanceId, CancellationToken cancellationToken)
    {
        if (await book.BeginAsync(instanceId, cancellationToken) is not var (run, cursor))
        {
            return;
        }

        var (started, accounted) = (time.GetTimestamp(), 0);
        var meter = new RequestMeter(RequestPriority.Batch) { OnWaitAsync = (until, cancellation) => WaitAsync(run, until, cancellation) };
        RunEnd end;
        await using (var lease = leases.Keep(run))
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost))
        {
            end = await CarryOutAsync(run, cursor, meter, TakeRequests, stop.Token) with { Requests = TakeRequests(), Retries = meter.Retries };
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
            var reading = new RunReading(client, run, takeRequests);
            return new RunEnd(RunOutcome.Succeeded, await (run.Kind is RunKind.Reconciliation ? CompareAsync(reading, cancellationToken) : ReadAsync(reading, cursor, cancellationToken)));
        }
        catch (Exception exception) when (exception is SyncOvertakenException || cancellationToken.IsCancellationRequested)
        {
            return new RunEnd(RunOutcome.Cancelled, null);
        }
        catch (KeyRejectedException exception) when (exception.Rejection is KeyRejection.AddressNotAllowed)
        {
            // Nothing is wrong with the key: it is kept, and works again once its restriction lets this machine in.
            return new RunEnd(RunOutcome.Failed, CheckWords.SentenceOf(exception));
        }
        catch (KeyRejectedException exception)
        {
            var isRestored = await endings.RejectKeyAsync(run, exception.Message);
            return new RunEnd(RunOutcome.Failed, $"{exception.Message} {(isRestored ? "The console went back to the key before it." : "Enter another key under Fix credentials.")}");
        }
        catch (Exception exception) when (exception is KustomerException or SyncException)
        {
            return new RunEnd(RunOutcome.Failed, $"{exception.Message} What was read before is stored; the next run goes on from there.", IsUnanswered: exception is KustomerUnavailableException { Reason: not UnavailableReason.NotAnswering });
        }
        catch (Exception exception)
        {
            Log.Unexpected(logger, exception, run.InstanceId);
            return new RunEnd(RunOutcome.Failed, "The console met an unexpected problem; its log has the details. What was read before is stored; the next run goes on from there.");
        }
    }

    /// <returns>What could not be read although the run succeeded; null when all could.</returns>
    private async Task<string?> ReadAsync(RunReading reading, DateTimeOffset? cursor, CancellationToken cancellationToken)
    {
        var run = reading.Run;
        var instance = await firstLoad.ReadAsync(run, cancellationToken);
        LoadProgress? load = null;
        if (run.Kind is RunKind.FirstLoad)
        {
            load = await firstLoad.RunAsync(reading, cancellationToken);
        }
        else
        {
            await book.OpenWindowAsync(run, cursor - UpdateWalk.Overlap, to: null, cancellationToken);
            await updates.RunAsync(reading, cursor, cancellationToken);
        }

        if (run.Leftovers is { } leftovers)
        {
            // A load goes downwards: all that earlier runs of it stored lies above where this one began.
            var since = run.Kind is RunKind.FirstLoad ? instance.HistoryCursor : Earlier(leftovers.Since, cursor) - UpdateWalk.Overlap;
            reading.News.Add(since ?? DateTimeOffset.UnixEpoch, to: null);
        }

        List<string> missing = [];
        await CompleteAsync(reading, missing, load, cancellationToken);
        if (run.Kind is RunKind.FirstLoad)
        {
            // At the very end: what is not finished yet is finished by another run of the load.
            await firstLoad.FinishAsync(run, instance.SyncFrom, cancellationToken);
        }

        return missing.Count == 0 ? null : string.Join(' ', missing);
    }

    private async Task<string?> CompareAsync(RunReading reading, CancellationToken cancellationToken)
    {
        List<string> missing = [];
        if (await reconciliation.RunAsync(reading, cancellationToken) is { } note)
        {
            missing.Add(note);
        }

        await CompleteAsync(reading, missing, load: null, cancellationToken);
        return missing.Count == 0 ? null : string.Join(' ', missing);
    }

    /// <summary>The customers of what was stored, and the names of its fields.</summary>
    /// <param name="load">Of a first load: of all its customers the counts take long, and what is new does not wait for them.</param>
    private async Task CompleteAsync(RunReading reading, List<string> missing, LoadProgress? load, CancellationToken cancellationToken)
    {
        var run = reading.Run;
        run.Cause.Purpose = RequestPurpose.CustomerCounts;
        await UnlessRoleMissingAsync(missing, () => customerCounts.RunAsync(reading, () => load is null ? Task.CompletedTask : UpdateAsync(load), cancellationToken));
        if (reading.HasUnnamedFields || run.Leftovers is not null)
        {
            run.Cause.Purpose = RequestPurpose.FieldNames;
            await UnlessRoleMissingAsync(missing, () => NameFieldsAsync(reading, cancellationToken));
        }

        async Task UpdateAsync(LoadProgress progress)
        {
            run.Cause.Purpose = RequestPurpose.Tickets;
            await firstLoad.UpdateAsync(reading, progress, cancellationToken);
            run.Cause.Purpose = RequestPurpose.CustomerCounts;
        }
    }

    /// <summary>Null is the beginning of all.</summary>
    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || one is null ? one : other;

    private async Task NameFieldsAsync(RunReading reading, CancellationToken cancellationToken)
    {
        var definitions = await reading.Client.GetConversationFieldsAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await Definitions.MergeAsync(db, reading.Run.InstanceId, definitions, cancellationToken, reading.Run.Epoch);
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

    /// <summary>The gateway waits for the rate limit; the run only shows it.</summary>
    private Task WaitAsync(SyncRunState run, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        if (until is { } end)
        {
            Log.Waiting(logger, run.InstanceId, end);
        }

        run.Wait(until is not null, time);
        return book.WaitAsync(run, until, cancellationToken);
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

using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Usage;

/// <summary>
/// The account of every request sent to Kustomer. Lines wait in memory and are written together about once a second, at a run's end,
/// before they are read and when the console stops; a process that is killed loses those of its last second. While the database is
/// away they wait, up to <see cref="MostWaiting"/>; the request itself never hears of it.
/// </summary>
public sealed partial class RequestLedger(IDbContextFactory<AppDbContext> contexts, ILogger<RequestLedger> logger) : IDisposable
{
    /// <summary>About twenty minutes of the busiest organisation.</summary>
    internal const int MostWaiting = 20_000;

    private const int MostAtOnce = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<LedgerLine> _waiting = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private readonly SemaphoreSlim _writing = new(1, 1);
    private int _lost;
    private bool _isFailing;

    /// <summary>Lines have been written. Raised on any thread.</summary>
    internal event Action? Written;

    internal int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    public void Dispose()
    {
        _arrived.Dispose();
        _writing.Dispose();
    }

    internal void Record(long instanceId, RequestCause cause, SentRequest sent)
    {
        lock (_gate)
        {
            if (_waiting.Count >= MostWaiting)
            {
                if (_lost++ == 0)
                {
                    Log.Full(logger, MostWaiting);
                }

                return;
            }

            _waiting.Enqueue(LedgerLine.Of(instanceId, cause, sent));
            if (_arrived.CurrentCount == 0)
            {
                _arrived.Release();
            }
        }
    }

    /// <summary>Returns when lines wait.</summary>
    internal Task WaitForLinesAsync(CancellationToken cancellationToken) => Waiting > 0 ? Task.CompletedTask : _arrived.WaitAsync(cancellationToken);

    /// <returns>False when the database did not take all; they go on waiting.</returns>
    internal async Task<bool> FlushAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            while (Next() is { Length: > 0 } lines)
            {
                // Not cancellable: whether a commit that was given up has happened nobody knows, and written again its lines would be doubled.
                await WriteAsync(lines);
                Remove(lines.Length);
                Written?.Invoke();
            }

            return true;
        }
        catch (Exception exception)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                Log.Failing(logger, exception, Waiting);
            }

            return false;
        }
        finally
        {
            _writing.Release();
        }
    }

    private LedgerLine[] Next()
    {
        lock (_gate)
        {
            return [.. _waiting.Take(MostAtOnce)];
        }
    }

    private void Remove(int lines)
    {
        lock (_gate)
        {
            for (var line = 0; line < lines; line++)
            {
                _waiting.Dequeue();
            }

            if (_isFailing)
            {
                Log.Recovered(logger, _lost);
                (_isFailing, _lost) = (false, 0);
            }
        }
    }

    /// <summary>Lines, roll-up and the instance's count in one transaction: they never disagree.</summary>
    private async Task WriteAsync(LedgerLine[] lines)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.TransactAsync(async cancellation =>
        {
            List<LedgerLine> kept = [];
            foreach (var ofOne in lines.GroupBy(static line => line.InstanceId))
            {
                // An instance that was removed meanwhile took its ledger with it.
                var (id, count) = (ofOne.Key, ofOne.Count());
                if (await db.Instances.Where(instance => instance.Id == id).ExecuteUpdateAsync(set => set.SetProperty(instance => instance.RequestCount, instance => instance.RequestCount + count), cancellation) > 0)
                {
                    kept.AddRange(ofOne);
                }
            }

            db.KustomerRequests.AddRange(kept.Select(static line => line.ToRow()));
            foreach (var group in kept.GroupBy(static line => (line.InstanceId, line.Day, line.Purpose, line.Outcome)))
            {
                var (key, count) = (group.Key, group.Count());
                var changed = await db.KustomerRequestDays
                    .Where(day => day.InstanceId == key.InstanceId && day.Day == key.Day && day.Purpose == key.Purpose && day.Outcome == key.Outcome)
                    .ExecuteUpdateAsync(set => set.SetProperty(day => day.Requests, day => day.Requests + count), cancellation);
                if (changed == 0)
                {
                    db.KustomerRequestDays.Add(new KustomerRequestDay { InstanceId = key.InstanceId, Day = key.Day, Purpose = key.Purpose, Outcome = key.Outcome, Requests = count });
                }
            }

            return await db.SaveChangesAsync(cancellation);
        }, CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The ledger of requests could not be written; {Waiting} lines wait and are tried again")]
        public static partial void Failing(ILogger logger, Exception exception, int waiting);

        [LoggerMessage(Level = LogLevel.Information, Message = "The ledger of requests is written again; {Lost} lines were lost meanwhile")]
        public static partial void Recovered(ILogger logger, int lost);

        [LoggerMessage(Level = LogLevel.Error, Message = "{Most} lines of the ledger of requests wait for the database; further ones are lost until it takes them")]
        public static partial void Full(ILogger logger, int most);
    }
}

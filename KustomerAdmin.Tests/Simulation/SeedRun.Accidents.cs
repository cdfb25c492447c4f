using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>What goes wrong with the console, its key, Kustomer's search and its limits.</summary>
internal sealed partial class SeedRun
{
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);

    private Task KillAsync()
    {
        var life = _console.Life;
        switch (_chance.Next(4))
        {
            case 0:
                life.RowsLeft = _chance.Next(1, 150);
                return SyncAsync($"a run, killed at row {life.RowsLeft}");
            case 1:
                AtRequest(() =>
                {
                    life.Kill();
                    return new TaskCompletionSource().Task;
                });
                return SyncAsync("a run, killed at a request");
            default:
                (life.CommitsLeft, life.IsKilledAfterCommit) = (_chance.Next(1, 12), _chance.Next(2) == 0);
                return SyncAsync($"a run, killed {(life.IsKilledAfterCommit ? "after" : "at")} commit {life.CommitsLeft}");
        }
    }

    private async Task StopAsync()
    {
        using var stop = new CancellationTokenSource();
        AtRequest(stop.Cancel);
        await SyncAsync("a run, stopped at a request", stop.Token);
    }

    /// <summary>The search leaves out what is there while the key may not ask for it by its id: one comparison is no proof that it is gone.</summary>
    private async Task HideAsync()
    {
        await SyncAsync("a run before the search is sick");
        var stored = await _console.StoredAsync(db => db.Tickets.AsNoTracking().ToDictionaryAsync(ticket => ticket.KustomerId, ticket => ticket.UpdatedAt));
        var known = _kustomer.World.Records.Where(record => record.IsThere && stored.TryGetValue(record.Id, out var updatedAt) && updatedAt == record.Current.UpdatedAt).ToList();

        // Each once: what two comparisons miss counts as gone.
        known.RemoveAll(record => !_hidden.Add(record.Id));
        foreach (var record in known.Take(3))
        {
            record.IsHidden = true;
            _kustomer.World.Shrunk.Add(ModelWorld.CustomerId(record.Current.Customer));
        }

        (_kustomer.IsRoleNarrowed, var before) = (true, (await InstanceAsync()).ReconciledAt);
        for (var runs = 0; runs < 6 && (await InstanceAsync()).ReconciledAt == before; runs++)
        {
            await PassAsync(TimeSpan.FromHours(runs == 0 ? 25 : 1));
            await SyncAsync("a run while the search hides some");
        }

        _kustomer.IsRoleNarrowed = false;
        known.ForEach(record => record.IsHidden = false);
    }

    /// <summary>The process sleeps with a request under way, another takes its lease over, and it wakes with the answer in its hands.</summary>
    private async Task SleepAsync()
    {
        await UntilDueAsync();
        var (sleeper, asleep, wake) = (_console, new TaskCompletionSource(), new TaskCompletionSource());
        AtRequest(() =>
        {
            sleeper.Life.IsAsleep = true;
            asleep.SetResult();
            return wake.Task;
        });
        Tell("a run that falls asleep");
        var run = sleeper.RunAsync(_instanceId, CancellationToken.None);
        await Task.WhenAny(run, asleep.Task);
        _kustomer.OnRequestAsync = null;
        if (run.IsCompleted)
        {
            await run;
            return;
        }

        // A file system that does not keep locks lets a second process in.
        File.Delete(Path.Combine(_directory, "console.lock"));
        await StartAsync();
        await Task.Delay(TimeSpan.FromHours(1), _clock);
        await SyncAsync("a run of another process that takes over");
        var before = await _checker.WrittenAsync(_console);
        Tell("the first wakes");
        sleeper.Life.IsAsleep = false;
        wake.SetResult();
        await Task.WhenAny(run, Task.Delay(TimeSpan.FromMinutes(5), _clock));
        (await _checker.WrittenAsync(_console)).ShouldBe(before, "I6: a run that was overtaken wrote");
        sleeper.Life.Kill();
        await sleeper.DisposeAsync();
    }

    private async Task RevokeAsync()
    {
        AtRequest(() => _kustomer.Key = null);
        await SyncAsync("a run, the key revoked at a request");
        if (_kustomer.Key is null && (await InstanceAsync()).Credential is CredentialState.Connected)
        {
            _kustomer.Key = Key;
        }
    }

    private Task ChangeLimitAsync()
    {
        (_kustomer.Limit, _kustomer.SearchLimit) = (_chance.Next(20, 300), _chance.Next(8, 100));
        return SyncAsync($"a run, the limits now {_kustomer.Limit} and {_kustomer.SearchLimit}");
    }
}

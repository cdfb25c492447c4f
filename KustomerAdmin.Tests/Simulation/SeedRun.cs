using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>
/// One seed: an organisation, what happens in it and what goes wrong, and the real engine keeping up with it. At the end all is calm, the engine
/// gets the runs it would get in two days, and the <see cref="Checker"/> compares.
/// </summary>
internal sealed class SeedRun : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(15);

    private readonly string _directory;
    private readonly SimulatedClock _clock = new();
    private readonly WorldSettings _settings;
    private readonly Random _chance;
    private readonly ModelKustomer _kustomer;
    private readonly Checker _checker;
    private SimulatedConsole _console = null!;
    private long _instanceId;
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private int _keys;

    public SeedRun(int seed, string directory)
    {
        _directory = directory;
        _settings = WorldSettings.Draw(seed);
        _chance = new Random(seed ^ 0x5C81);
        _kustomer = new ModelKustomer(_settings, _clock);
        _checker = new Checker(_kustomer, _clock);
    }

    /// <summary>What happened, for people who look into a broken seed.</summary>
    public List<string> Story { get; } = [];

    /// <summary>Equal for two simulations in which the same happened.</summary>
    public string Trace => string.Join('\n', _kustomer.Requests.Select(request => $"{request.Number} {request.Path} {request.Status}"));

    public void Dispose() => _kustomer.Dispose();

    public Task RunAsync() => new Pump(_clock).RunAsync(PlayAsync);

    private async Task PlayAsync()
    {
        Tell(_settings.ToString());
        await StartAsync();
        await ConnectAsync(service => service.ConnectAsync(Credentials(), CancellationToken.None));
        if (_settings.DaysBack is { } days)
        {
            var from = _clock.GetUtcNow().AddDays(-days);
            await _console.StoredAsync(db => db.Instances.ExecuteUpdateAsync(set => set.SetProperty(instance => instance.SyncFrom, from)));
        }

        _checker.Begin(_instanceId);
        for (var step = 0; step < _settings.Steps; step++)
        {
            await StepAsync();
        }

        await QuiesceAsync();
        await _checker.CheckEndAsync(_console);
        await ReplayAsync();
        await _console.DisposeAsync();
    }

    private Task StepAsync() => _chance.Next(100) switch
    {
        < 28 => SyncAsync("a run"),
        < 34 => HideAsync(),
        < 40 => SleepAsync(),
        < 55 => KillAsync(),
        < 65 => StopAsync(),
        < 77 => DisconnectAsync(),
        < 85 => RevokeAsync(),
        < 92 => ChangeLimitAsync(),
        _ => PassAsync(TimeSpan.FromHours(_chance.Next(1, 30))),
    };

    /// <summary>A run when it is due, to its end.</summary>
    private async Task SyncAsync(string what, CancellationToken cancellationToken = default)
    {
        await UntilDueAsync();
        Tell(what);
        var life = _console.Life;
        var run = _console.RunAsync(_instanceId, cancellationToken);
        await Task.WhenAny(run, life.Death);
        if (life.IsAlive)
        {
            await run;
        }

        (life.RowsLeft, life.CommitsLeft, _kustomer.OnRequestAsync) = (null, null, null);
        if (!life.IsAlive)
        {
            Tell("the process was killed and started again");
            await _console.DisposeAsync();
            await StartAsync();
        }

        await _checker.CheckAsync(_console);
        var instance = await InstanceAsync();
        Tell($"  {instance.Run} {instance.RunNote} cursor {instance.SyncCursor:s} tickets {instance.TicketCount}");
        if (instance.Credential is CredentialState.NotAuthenticated)
        {
            await FixAsync();
        }
    }

    private Task KillAsync()
    {
        var life = _console.Life;
        switch (_chance.Next(4))
        {
            case 0:
                life.RowsLeft = _chance.Next(1, 150);
                return SyncAsync($"a run, killed at row {life.RowsLeft}");
            case 1:
                AtRequest(life.Kill, static () => new TaskCompletionSource().Task);
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
        AtRequest(() => sleeper.Life.IsAsleep = true, () =>
        {
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

    private async Task DisconnectAsync()
    {
        var answer = (string?)"not asked";
        AtRequest(() => answer = null, async () => answer = await _console.AsAdminAsync<InstanceActions, string?>(service => service.DisconnectAsync(_instanceId, CancellationToken.None)));
        await SyncAsync("a run, disconnected at a request");
        if ((await InstanceAsync()).Credential is not CredentialState.Disconnected)
        {
            return;
        }

        var before = await _checker.FingerprintAsync(_console);
        await PassAsync(TimeSpan.FromMinutes(_chance.Next(1, 200)));
        (await _checker.FingerprintAsync(_console)).ShouldBe(before, "I6: something was written after the instance was disconnected");
        Tell("reconnected");
        await ConnectAsync(service => service.ReconnectAsync(_instanceId, Credentials(), CancellationToken.None));
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

    private async Task FixAsync()
    {
        Tell("a new key");
        _keys++;
        _kustomer.Key = Key;
        await ConnectAsync(service => service.FixAsync(_instanceId, Credentials(), CancellationToken.None));
    }

    private Task ChangeLimitAsync()
    {
        (_kustomer.Limit, _kustomer.SearchLimit) = (_chance.Next(20, 300), _chance.Next(8, 100));
        return SyncAsync($"a run, the limits now {_kustomer.Limit} and {_kustomer.SearchLimit}");
    }

    /// <summary>Nothing happens any more, Kustomer answers, and the console gets the runs of the next two days.</summary>
    private async Task QuiesceAsync()
    {
        Tell("calm");
        (_kustomer.World.IsRestless, _kustomer.Faults.IsOn) = (false, false);
        (_kustomer.Limit, _kustomer.SearchLimit) = (1000, 400);
        await SyncAsync("a run");
        await PassAsync(TimeSpan.FromHours(5));
        for (var halfDays = 0; halfDays < 6; halfDays++)
        {
            await SyncAsync("a run of the end");
            for (var more = 0; more < 10 && await IsDueAsync(); more++)
            {
                await SyncAsync("  another");
            }

            await PassAsync(TimeSpan.FromHours(12));
        }

        await SyncAsync("the last run");
    }

    private async Task<bool> IsDueAsync()
    {
        var instance = await InstanceAsync();
        return instance.Run is RunState.Failed || instance.NextRunAt <= _clock.GetUtcNow();
    }

    /// <summary>Everything is read again: nothing changes.</summary>
    private async Task ReplayAsync()
    {
        await _console.StoredAsync(db => db.Instances.ExecuteUpdateAsync(set => set
            .SetProperty(instance => instance.SyncCursor, (DateTimeOffset?)null)
            .SetProperty(instance => instance.HistoryCursor, (DateTimeOffset?)null)
            .SetProperty(instance => instance.HistoryDoneAt, (DateTimeOffset?)null)));
        var before = await _checker.FingerprintAsync(_console);
        await SyncAsync("everything read again");
        var run = await _console.StoredAsync(db => db.SyncRuns.OrderByDescending(run => run.Id).FirstAsync());
        (run.Added, run.Updated, run.Outcome).ShouldBe((0, 0, RunOutcome.Succeeded), "I5: reading the same again changed something");
        (await _checker.FingerprintAsync(_console)).ShouldBe(before, "I5: reading the same again changed something");
    }

    private async Task UntilDueAsync()
    {
        var due = (await InstanceAsync()).NextRunAt ?? throw new SimulationException("I8: a connected instance has no next run");
        await PassAsync(due - _clock.GetUtcNow());
    }

    /// <summary>Time passes, and things happen meanwhile.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        var parts = _kustomer.World.IsRestless ? _chance.Next(1, 5) : 1;
        for (var part = 0; part < parts && time > TimeSpan.Zero; part++)
        {
            await Task.Delay(time / parts, _clock);
            if (_kustomer.World.IsRestless && _chance.Next(3) > 0)
            {
                _kustomer.World.Happen();
            }
        }
    }

    /// <summary>Does something at one of the next requests, once.</summary>
    private void AtRequest(Action act, Func<Task>? actAsync = null)
    {
        var at = _kustomer.Requests.Count + _chance.Next(1, 12);
        _kustomer.OnRequestAsync = async (request, _) =>
        {
            if (request.Number >= at)
            {
                _kustomer.OnRequestAsync = null;
                act();
                await (actAsync?.Invoke() ?? Task.CompletedTask).ConfigureAwait(false);
            }
        };
    }

    /// <summary>An admin tries until it works: what the sync used of the limit may keep a try waiting.</summary>
    private async Task ConnectAsync(Func<InstanceService, Task<ConnectResult>> tryAsync)
    {
        for (var tries = 1; ; tries++)
        {
            ConnectResult result = null!;
            await CalmlyAsync(async () => result = await _console.AsAdminAsync<InstanceService, ConnectResult>(tryAsync));
            if (result is ConnectResult.Connected connected)
            {
                _instanceId = connected.InstanceId;
                return;
            }

            _instanceId = result is ConnectResult.NotAuthenticated(var id, _) ? id : _instanceId;
            Tell($"the credentials were not accepted: {result}");
            if (tries == 5)
            {
                throw new SimulationException("Good credentials are not accepted.");
            }

            tryAsync = service => service.FixAsync(_instanceId, Credentials(), CancellationToken.None);
            await PassAsync(TimeSpan.FromMinutes(6));
            if ((await InstanceAsync()).Credential is CredentialState.Disconnected)
            {
                tryAsync = service => service.ReconnectAsync(_instanceId, Credentials(), CancellationToken.None);
            }
        }
    }

    private async Task CalmlyAsync(Func<Task> act)
    {
        var before = (_kustomer.World.IsRestless, _kustomer.Faults.IsOn, _kustomer.Limit, _kustomer.SearchLimit, _kustomer.OnRequestAsync);
        (_kustomer.World.IsRestless, _kustomer.Faults.IsOn, _kustomer.Limit, _kustomer.SearchLimit, _kustomer.OnRequestAsync) = (false, false, 10_000, 10_000, null);
        await act();
        (_kustomer.World.IsRestless, _kustomer.Faults.IsOn, _kustomer.Limit, _kustomer.SearchLimit, _kustomer.OnRequestAsync) = before;
    }

    private string Key => $"key-{_keys}";

    private ConnectRequest Credentials() => new(ModelKustomer.Subdomain, ModelKustomer.Subdomain, Key);

    private async Task StartAsync()
    {
        _console = SimulatedConsole.Start(_directory, _clock, _kustomer, s_interval);
        await _console.PrepareAsync();
    }

    private async Task<Instance> InstanceAsync() => await _console.InstanceAsync(_instanceId) ?? throw new SimulationException("The instance is gone.");

    private void Tell(string line) => Story.Add($"{_clock.GetUtcNow():MM-dd HH:mm:ss} #{_kustomer.Requests.Count} {line}");
}

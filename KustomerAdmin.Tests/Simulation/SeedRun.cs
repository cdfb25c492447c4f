using System.Globalization;
using KustomerAdmin.Data.Entities;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>
/// One seed: an organisation, what happens in it, what goes wrong and what admins do, and the real engine keeping up with it. At the end all is calm,
/// the engine gets the runs it would get in three days, and the <see cref="Checker"/> compares.
/// </summary>
internal sealed partial class SeedRun : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(15);

    private readonly string _directory;
    private readonly SimulatedClock _clock = new();
    private readonly WorldSettings _settings;
    private readonly Random _chance;
    private readonly ModelKustomer _kustomer;
    private readonly Checker _checker;
    private readonly List<string> _story = [];
    private BudgetWatch _budget = null!;
    private SimulatedConsole _console = null!;
    private long _instanceId;

    public SeedRun(int seed, string directory)
    {
        _directory = directory;
        _settings = WorldSettings.Draw(seed);
        _chance = new Random(seed ^ 0x5C81);
        _kustomer = new ModelKustomer(_settings, _clock);
        _checker = new Checker(_kustomer, _clock);
    }

    /// <summary>What happened, for people who look into a broken seed.</summary>
    public string Story => string.Join('\n', _story);

    /// <summary>Equal for two simulations in which the same happened.</summary>
    public string Trace => $"{Story}\n{string.Join('\n', _kustomer.Requests.Select(request => $"{request.Number} {request.At:o} {request.Path} {request.Status}"))}";

    public void Dispose() => _kustomer.Dispose();

    public Task RunAsync() => new Pump(_clock).RunAsync(PlayAsync);

    private async Task PlayAsync()
    {
        Tell(_settings.ToString());
        await StartAsync();
        await ConnectAsync();
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
        < 22 => SyncAsync("a run"),
        < 28 => HideAsync(),
        < 35 => SleepAsync(),
        < 47 => KillAsync(),
        < 54 => StopAsync(),
        < 62 => DisconnectAsync(),
        < 69 => PauseAsync(),
        < 75 => CancelAsync(),
        < 79 => ShareAsync(),
        < 82 => LoadMoreAsync(),
        < 87 => OpenTicketAsync(),
        < 92 => RevokeAsync(),
        < 96 => ChangeLimitAsync(),
        _ => PassAsync(TimeSpan.FromHours(_chance.Next(1, 30))),
    };

    /// <summary>Nothing happens any more, Kustomer answers, and the console gets the runs of the next three days.</summary>
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

    private async Task<Instance> InstanceAsync() => await _console.InstanceAsync(_instanceId) ?? throw new SimulationException("The instance is gone.");

    private void Tell(string line) => _story.Add(string.Create(CultureInfo.InvariantCulture, $"{_clock.GetUtcNow():MM-dd HH:mm:ss} #{_kustomer.Requests.Count} {line}"));
}

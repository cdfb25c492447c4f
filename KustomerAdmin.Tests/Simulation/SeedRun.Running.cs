using KustomerAdmin.Data.Entities;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>Processes of the console, their runs, and time.</summary>
internal sealed partial class SeedRun
{
    private async Task StartAsync()
    {
        _budget = new BudgetWatch(_clock, _checker.Hear) { Share = _budget?.Share ?? 50 };
        _console = SimulatedConsole.Start(_directory, _clock, _kustomer, _budget, s_interval);
        await _console.PrepareAsync();
    }

    /// <summary>A run when it is due, to its end.</summary>
    /// <returns>When it ended.</returns>
    private async Task<DateTimeOffset> SyncAsync(string what, CancellationToken cancellationToken = default)
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

        var ended = _clock.GetUtcNow();
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

        return ended;
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

    /// <summary>Does something at one of the next requests, once, while it is under way.</summary>
    private void AtRequest(Func<Task> actAsync)
    {
        var at = _kustomer.Requests.Count + _chance.Next(1, 12);
        _kustomer.OnRequestAsync = async request =>
        {
            if (request.Number >= at)
            {
                _kustomer.OnRequestAsync = null;
                await actAsync();
            }
        };
    }

    private void AtRequest(Action act) => AtRequest(() =>
    {
        act();
        return Task.CompletedTask;
    });
}

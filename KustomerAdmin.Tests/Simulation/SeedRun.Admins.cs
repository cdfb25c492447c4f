using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Fetching;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>What admins do, most of it in the middle of a run.</summary>
internal sealed partial class SeedRun
{
    /// <summary>Within this long a run has ended that an admin stopped.</summary>
    private static readonly TimeSpan s_stopsWithin = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_opensWithin = TimeSpan.FromSeconds(15);

    private int _keys;

    private string Key => $"key-{_keys}";

    private async Task DisconnectAsync()
    {
        await SyncAndStopAsync("disconnected", service => service.DisconnectAsync(_instanceId, CancellationToken.None));
        await RestAsync("disconnected");
        Tell("reconnected");
        await ConnectAsync(service => service.ReconnectAsync(_instanceId, Credentials(), CancellationToken.None));
    }

    private async Task PauseAsync()
    {
        await SyncAndStopAsync("paused", service => service.PauseAsync(_instanceId, CancellationToken.None));
        await RestAsync("paused");
        Tell("resumed");
        (await _console.AsAdminAsync<InstanceActions, string?>(service => service.ResumeAsync(_instanceId, CancellationToken.None))).ShouldBeNull();
    }

    private async Task CancelAsync()
    {
        if (await SyncAndStopAsync("cancelled", service => service.CancelRunAsync(_instanceId, CancellationToken.None), isForRunsOnly: true) is not { } at)
        {
            return;
        }

        (await InstanceAsync()).NextRunAt.ShouldBe(at + s_interval, "a cancelled run is followed by one at the usual time");
        var run = await _console.StoredAsync(db => db.SyncRuns.OrderByDescending(run => run.Id).FirstAsync());
        (run.Outcome, run.EndedAt).ShouldBe((RunOutcome.Cancelled, at), "I10: a cancelled run says so");
    }

    /// <summary>An admin stops the run that is under way. Soon it has ended, and from the click on it has written nothing.</summary>
    /// <param name="isForRunsOnly">It cannot be done when the run was over before.</param>
    /// <returns>When it was done; null when the run was over before.</returns>
    private async Task<DateTimeOffset?> SyncAndStopAsync(string what, Func<InstanceActions, Task<string?>> stopAsync, bool isForRunsOnly = false)
    {
        var (at, written, refusal) = ((DateTimeOffset?)null, "", (string?)null);
        AtRequest(async () =>
        {
            refusal = await _console.AsAdminAsync(stopAsync);
            (at, written) = (_clock.GetUtcNow(), await _checker.WrittenAsync(_console));
        });
        var ended = await SyncAsync($"a run, {what} at a request");
        refusal.ShouldBeNull();
        if (at is { } stopped)
        {
            (ended - stopped).ShouldBeLessThanOrEqualTo(s_stopsWithin, $"a run that was {what} goes on");
            (await _checker.WrittenAsync(_console)).ShouldBe(written, $"I6: a run that was {what} wrote");
        }
        else if (!isForRunsOnly)
        {
            (await _console.AsAdminAsync(stopAsync)).ShouldBeNull();
        }

        return at;
    }

    /// <summary>Some time in which nothing may be sent or written, though somebody tries to run it.</summary>
    private async Task RestAsync(string what)
    {
        var (written, sent) = (await _checker.WrittenAsync(_console), _kustomer.Requests.Count);
        await PassAsync(TimeSpan.FromMinutes(_chance.Next(1, 200)));
        await _console.RunAsync(_instanceId, CancellationToken.None);
        (await _checker.WrittenAsync(_console)).ShouldBe(written, $"I6: something was written while the instance was {what}");
        _kustomer.Requests.Count.ShouldBe(sent, $"something was sent while the instance was {what}");
    }

    private async Task ShareAsync()
    {
        var share = _chance.Next(InstanceSettings.LeastShare, InstanceSettings.MostShare + 1);
        AtRequest(async () =>
        {
            (await _console.AsAdminAsync<InstanceSettings, string?>(service => service.SetRateShareAsync(_instanceId, share, CancellationToken.None))).ShouldBeNull();
            _budget.Share = share;
        });
        await SyncAsync($"a run, its share set to {share} % at a request");
    }

    private async Task LoadMoreAsync()
    {
        var from = (await InstanceAsync()).SyncFrom is { } start && start > _clock.GetUtcNow().AddYears(-2) ? start.AddDays(-_chance.Next(1, 400)) : _clock.GetUtcNow().AddDays(-4000);
        AtRequest(async () => (await _console.AsAdminAsync<InstanceSettings, string?>(service => service.SetStartAsync(_instanceId, from, CancellationToken.None))).ShouldBeNull());
        await SyncAsync($"a run, its start set to {from:d} at a request");
    }

    /// <summary>A person's requests compete with the run's. What they show is another test's; here they end, and keep to what is allowed.</summary>
    private async Task OpenTicketAsync()
    {
        var ids = await _console.StoredAsync(db => db.Tickets.OrderBy(ticket => ticket.Id).Select(ticket => ticket.Id).ToListAsync());
        var opened = Task.FromResult(TimeSpan.Zero);
        if (ids.Count > 0)
        {
            var id = ids[_chance.Next(ids.Count)];
            AtRequest(() => { opened = OpenAsync(id); });
        }

        await SyncAsync("a run, a ticket opened at a request");
        (await opened).ShouldBeLessThanOrEqualTo(s_opensWithin, "a person waits for an opened ticket");
    }

    private Task<TimeSpan> OpenAsync(long id) => _console.AsAdminAsync<TicketViewer, TimeSpan>(async viewer =>
    {
        var began = _clock.GetUtcNow();
        if (await viewer.FindAsync(id, CancellationToken.None) is { } ticket)
        {
            await viewer.OpenAsync(ticket, new TicketMeter(_clock), null, CancellationToken.None);
        }

        return _clock.GetUtcNow() - began;
    });

    private async Task FixAsync()
    {
        Tell("a new key");
        _keys++;
        _kustomer.Key = Key;
        await ConnectAsync(service => service.FixAsync(_instanceId, Credentials(), CancellationToken.None));
    }

    private Task ConnectAsync() => ConnectAsync(service => service.ConnectAsync(Credentials(), CancellationToken.None));

    /// <summary>An admin tries until it works: what the sync used of the limit may keep a try waiting.</summary>
    private async Task ConnectAsync(Func<InstanceService, Task<ConnectResult>> tryAsync)
    {
        for (var tries = 1; ; tries++)
        {
            ConnectResult result;
            using (_kustomer.Calm())
            {
                result = await _console.AsAdminAsync(tryAsync);
            }

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

    private ConnectRequest Credentials() => new(ModelKustomer.Subdomain, ModelKustomer.Subdomain, Key);
}

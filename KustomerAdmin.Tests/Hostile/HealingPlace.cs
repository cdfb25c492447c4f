using System.Globalization;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Hostile;

/// <summary>A console that runs by its own schedule against the emulator, in which nobody does anything: only time passes.</summary>
internal sealed class HealingPlace : IAsyncDisposable
{
    /// <summary>More than one page.</summary>
    private const int Tickets = 530;

    private static readonly TimeSpan s_moment = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan s_longestMoment = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_day = TimeSpan.FromHours(24);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _changed = new(0);

    private HealingPlace(SandboxServer sandbox, TestApp app, TestClock clock) => (Sandbox, App, Clock) = (sandbox, app, clock);

    public SandboxServer Sandbox { get; }

    public TestApp App { get; }

    public TestClock Clock { get; }

    public SandboxOrganization Acme => Sandbox.Organization("acme");

    public long InstanceId { get; private set; }

    public static async Task<HealingPlace> StartAsync(Patience? patience = null, TimeSpan indexLag = default)
    {
        var clock = new TestClock();
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Port = 0, Tickets = Tickets, IndexLag = indexLag, Clock = clock }, CancellationToken.None);
        var place = new HealingPlace(sandbox, TestApp.StartAgainst(sandbox.BaseAddress, clock, isScheduled: true, patience ?? new Patience()), clock);
        place.App.Events.Changed += place.OnChanged;
        place.InstanceId = await place.App.ConnectAsync(place.Acme);
        await place.PassAsync(static instance => instance.HistoryDoneAt is not null, null);
        return place;
    }

    /// <summary>As it was before its first load, and due.</summary>
    public async Task ForgetAllAsync()
    {
        await App.StoredAsync(async db =>
        {
            await db.Tickets.ExecuteDeleteAsync();
            await db.Customers.ExecuteDeleteAsync();
            await db.QuarantinedRecords.ExecuteDeleteAsync();
            await db.SyncRuns.ExecuteDeleteAsync();
            var now = Clock.GetUtcNow();
            return await db.Instances.ExecuteUpdateAsync(set => set
                .SetProperty(instance => instance.SyncCursor, (DateTimeOffset?)null)
                .SetProperty(instance => instance.HistoryCursor, (DateTimeOffset?)null)
                .SetProperty(instance => instance.HistoryDoneAt, (DateTimeOffset?)null)
                .SetProperty(instance => instance.ReconciledAt, (DateTimeOffset?)null)
                .SetProperty(instance => instance.ReconcileCursor, (DateTimeOffset?)null)
                .SetProperty(instance => instance.LastSucceededAt, (DateTimeOffset?)null)
                .SetProperty(instance => instance.TicketCount, 0)
                .SetProperty(instance => instance.NextRunAt, now));
        });
    }

    /// <summary>The next run asks for the fields' names again.</summary>
    public Task ForgetFieldNamesAsync() => App.StoredAsync(db => db.MetadataFields.ExecuteDeleteAsync());

    /// <summary>Lets the fault come and go, and time pass until all is well again.</summary>
    /// <returns>What was told of it, and what is wrong all the same.</returns>
    public async Task<(string Told, string? Wrong)> HealAsync(HealingCase row, bool isFirstLoad)
    {
        if (!isFirstLoad)
        {
            await PassAsync(instance => instance.NextRunAt - Clock.GetUtcNow() <= s_soon, static instance => instance.NextRunAt - s_soon);
        }

        Change(30);
        var began = Clock.GetUtcNow();
        Sandbox.Requests.Clear();
        if (row.PrepareAsync is { } prepareAsync)
        {
            await prepareAsync(this);
        }

        int? number = row.Fault is null ? null : Sandbox.Faults.Add(isFirstLoad && row is { Lasts: null, Fault.Times: 1, InSecondPage: true } ? row.Fault with { EveryNth = 2 } : row.Fault);
        var acts = row.BetweenPages is null ? 0 : 2;
        void Act(long id)
        {
            // The first one says that the run began, the second one that a page is stored.
            if (acts > 0 && --acts == 0)
            {
                row.BetweenPages!(this);
            }
        }

        App.Events.Changed += Act;
        try
        {
            if (isFirstLoad)
            {
                await ForgetAllAsync();
                App.Events.Publish(InstanceId);
            }

            if (row.Lasts is { } lasts)
            {
                await PassAsync(_ => Clock.GetUtcNow() >= began + lasts, _ => began + lasts);
                Sandbox.Faults.Remove(number!.Value);
                number = null;
            }

            await RestAsync(number);
            for (var time = row.BetweenPages is null ? 0 : 1; time > 0; time--)
            {
                await RestAsync(number);
            }

            for (var night = 0; night < row.Nights; night++)
            {
                Clock.Advance(s_day);
                await RestAsync(number);
            }
        }
        catch (TimeoutException exception)
        {
            Sandbox.Faults.Clear();
            return (await ToldAsync(began), exception.Message);
        }
        finally
        {
            App.Events.Changed -= Act;
        }

        var told = await ToldAsync(began);
        var refusals = Sandbox.Requests.Recent.Count(static request => request.Status == 429);
        return (told, await DifferenceAsync()
            ?? (acts > 0 ? "nothing happened between two pages" : null)
            ?? (refusals > row.Refusals ? $"{refusals} answers 429" : null)
            ?? (row.Says is { } says && !told.Contains(says, StringComparison.Ordinal) ? $"does not say '{says}'" : null));
    }

    /// <summary>A second later some are changed, two are new and one is deleted.</summary>
    public void Change(int count)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Acme.Churn(count);
        Acme.Delete(Acme.ConversationIds[^1]);
        Acme.Create("Created meanwhile");
        Acme.Create("Created meanwhile too");
    }

    public void ChangeAll() => Acme.Churn(Acme.ConversationCount);

    public async ValueTask DisposeAsync()
    {
        App.Events.Changed -= OnChanged;
        await App.DisposeAsync();
        await Sandbox.DisposeAsync();
        _changed.Dispose();
    }

    private void OnChanged(long id) => _changed.Release();

    /// <summary>Until a run that began from now on has ended well, and none is due.</summary>
    private Task RestAsync(int? fault)
    {
        var since = Clock.GetUtcNow();
        return PassAsync(
            instance => (fault is null || !Sandbox.Faults.Active.ContainsKey(fault.Value)) && instance is { Run: RunState.Idle, FailingSince: null, HistoryDoneAt: not null, LeaseOwner: null }
                && instance.LastSucceededAt >= since && instance.NextRunAt > Clock.GetUtcNow(),
            null);
    }

    /// <summary>Moves the clock to what the console waits for whenever it does nothing; no further than <paramref name="end"/>, which a run that was under way may have put off.</summary>
    private async Task PassAsync(Func<Instance, bool> isOver, Func<Instance, DateTimeOffset?>? end)
    {
        var real = System.Diagnostics.Stopwatch.StartNew();
        var moment = s_moment;
        while (true)
        {
            var instance = await App.InstanceAsync(InstanceId);
            if (isOver(instance))
            {
                return;
            }

            // A wait that is over is told at once, however long that takes a busy machine. A timer counts whole milliseconds and may end one later than was said.
            var now = Clock.GetUtcNow();
            var waitsUntil = instance.Run is RunState.Waiting ? instance.WaitingUntil?.AddMilliseconds(1) : null;
            if (await _changed.WaitAsync(waitsUntil <= now ? s_soon : moment))
            {
                moment = s_moment;
                continue;
            }

            // What does nothing for long may be at work all the same, on a busy machine: the clock must not run away from it.
            moment = moment * 1.1 < s_longestMoment ? moment * 1.1 : s_longestMoment;

            var next = waitsUntil ?? (instance.Run is RunState.Syncing ? null : instance.NextRunAt);
            var step = next > now ? next.Value - now : TimeSpan.FromSeconds(1);
            var latest = end?.Invoke(instance);
            Clock.Advance(now + step > latest ? latest.Value - now : step);
            if (real.Elapsed > s_patience)
            {
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"not healed by {now:u}: {instance.Run}, {instance.Failures} failures, {instance.RunNote}"));
            }
        }
    }

    /// <summary>How the console's tickets differ from Kustomer's; null when they do not.</summary>
    private async Task<string?> DifferenceAsync()
    {
        var stored = await App.StoredAsync(db => db.Tickets.Where(ticket => ticket.DeletedAt == null).Select(ticket => new { ticket.KustomerId, ticket.UpdatedAt }).ToListAsync());
        if (stored.GroupBy(ticket => ticket.KustomerId, StringComparer.Ordinal).FirstOrDefault(static same => same.Count() > 1) is { } twice)
        {
            return $"{twice.Key} is stored {twice.Count()} times";
        }

        // Older ones are in the archive, which a first load reads only when it is told to.
        var (kustomers, edge) = (Acme.Versions, Clock.GetUtcNow().AddYears(-2).AddDays(2));
        var byId = stored.ToDictionary(ticket => ticket.KustomerId, ticket => ticket.UpdatedAt, StringComparer.Ordinal);
        var missing = kustomers.Where(version => version.Value >= edge && !byId.ContainsKey(version.Key)).Select(version => version.Key).ToList();
        var other = byId.Where(ticket => !kustomers.TryGetValue(ticket.Key, out var version) || version != ticket.Value).Select(ticket => ticket.Key).ToList();
        return missing.Count + other.Count == 0 ? null : $"{missing.Count} missing ({string.Join(' ', missing.Take(3))}), {other.Count} other than Kustomer's ({string.Join(' ', other.Take(3))})";
    }

    private Task<string> ToldAsync(DateTimeOffset since) => App.StoredAsync(async db =>
    {
        var runs = await db.SyncRuns.Where(run => run.StartedAt >= since).OrderBy(run => run.Id).ToListAsync();
        var reasons = await db.QuarantinedRecords.Where(record => record.LastSeenAt >= since).Select(record => record.Reason).ToListAsync();
        var audit = await db.AuditEntries.Where(entry => entry.At >= since && entry.ActorName == "System").OrderBy(entry => entry.Id).Select(entry => entry.Action).ToListAsync();
        return string.Join(" | ", runs.Select(run => string.Join(", ", Words(run))).Concat(reasons).Append(string.Join(' ', audit)));
    });

    private static IEnumerable<string> Words(SyncRun run)
    {
        yield return $"{run.Kind} {run.Outcome}";
        if (run.Note is { } note)
        {
            yield return note;
        }

        if (run.Retries > 0)
        {
            yield return $"{run.Retries} sent again";
        }

        if (run.WaitedMilliseconds > 0)
        {
            yield return $"waited {run.WaitedMilliseconds / 1000} s";
        }

        if (run.Unreadable > 0)
        {
            yield return $"{run.Unreadable} unreadable";
        }
    }
}

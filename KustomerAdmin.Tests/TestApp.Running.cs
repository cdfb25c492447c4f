using KustomerAdmin.Data;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Problems;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Storing;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Fetching;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests;

/// <summary>The parts that run an instance's sync, for tests that put one between two of its steps.</summary>
public sealed partial class TestApp
{
    internal RunBook RunBook => _factory.Services.GetRequiredService<RunBook>();

    internal RunEndings RunEndings => _factory.Services.GetRequiredService<RunEndings>();

    internal Leases Leases => _factory.Services.GetRequiredService<Leases>();

    internal TicketWriter TicketWriter => _factory.Services.GetRequiredService<TicketWriter>();

    internal SyncOptions SyncOptions => _factory.Services.GetRequiredService<IOptions<SyncOptions>>().Value;

    internal RunningExports Exports => _factory.Services.GetRequiredService<RunningExports>();

    internal TicketCatalogs Catalogs => _factory.Services.GetRequiredService<TicketCatalogs>();

    internal InstanceEvents Events => _factory.Services.GetRequiredService<InstanceEvents>();

    /// <summary>What the console does every minute: checks the connections that are due.</summary>
    public async Task CheckConnectionsAsync()
    {
        using var watch = NewConnectionWatch();
        await watch.CheckDueAsync(CancellationToken.None);
    }

    internal ConnectionWatch NewConnectionWatch() => ActivatorUtilities.CreateInstance<ConnectionWatch>(_factory.Services);

    /// <summary>What the console does after a change and every minute: looks what is wrong with each instance.</summary>
    public async Task LookForProblemsAsync()
    {
        var book = _factory.Services.GetRequiredService<ProblemBook>();
        foreach (var instanceId in await book.InstancesAsync(CancellationToken.None))
        {
            await book.UpdateAsync(instanceId, CancellationToken.None);
        }
    }

    /// <summary>What the console does after that and every minute: tells what is due.</summary>
    public async Task SendNotificationsAsync()
    {
        using var sender = ActivatorUtilities.CreateInstance<NotificationSender>(_factory.Services);
        await sender.SendDueAsync(CancellationToken.None);
    }

    /// <summary>The run book of another console on the same database, which hears nothing of this one.</summary>
    internal RunBook AnotherConsole()
    {
        var contexts = _factory.Services.GetRequiredService<IDbContextFactory<AppDbContext>>();
        var time = _factory.Services.GetRequiredService<TimeProvider>();
        var events = new InstanceEvents(NullLogger<InstanceEvents>.Instance);
        var leases = new Leases(contexts, _factory.Services.GetRequiredService<DatabaseClock>(), events, time, NullLogger<LeaseKeeper>.Instance);
        return new RunBook(contexts, leases, events, time);
    }
}

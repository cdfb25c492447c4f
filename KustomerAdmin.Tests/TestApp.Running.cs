using KustomerAdmin.Data;
using KustomerAdmin.Integrations;
using KustomerAdmin.Sync;
using KustomerAdmin.Tickets;
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

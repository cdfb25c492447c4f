using System.Security.Claims;
using KustomerAdmin.Audit;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Sync;
using KustomerAdmin.Tickets;
using KustomerAdmin.Usage;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests.Simulation;

/// <summary>One process of the console without its pages: the real services, registered as the console registers them, on the simulation's clock and transport.</summary>
internal sealed class SimulatedConsole : IAsyncDisposable
{
    private static readonly AsyncLocal<bool> s_isPerson = new();

    private readonly ServiceProvider _services;

    private SimulatedConsole(ServiceProvider services, ProcessLife life) => (_services, Life) = (services, life);

    public ProcessLife Life { get; }

    /// <summary>Whether what runs here was asked for by a person.</summary>
    public static bool IsPerson => s_isPerson.Value;

    public static SimulatedConsole Start(string directory, SimulatedClock clock, HttpMessageHandler kustomer, BudgetWatch budget, TimeSpan interval)
    {
        var life = new ProcessLife();
        return Start(directory, new ProcessClock(clock, life), life, new ProcessWire(life, budget, kustomer), life, (SyncOptions.IntervalKey, interval.ToString()));
    }

    /// <summary>A console on any clock, database watcher and way to Kustomer.</summary>
    public static SimulatedConsole Start(string directory, TimeProvider clock, IInterceptor watcher, HttpMessageHandler wire, ProcessLife life, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([
            new(DataOptions.DirectoryKey, directory),
            .. settings.Select(static setting => new KeyValuePair<string, string?>(setting.Key, setting.Value)),
        ]).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(static logging => logging.SetMinimumLevel(LogLevel.None));
        services.AddKustomer(configuration).AddData(configuration).AddAudit().AddUsage(configuration).AddIntegrations(configuration).AddFields().AddSync(configuration).AddTickets();
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        services.AddIdentityCore<AdminUser>();
        services.AddScoped<AuthenticationStateProvider, SignedIn>();
        foreach (var hosted in services.Where(service => service.ServiceType == typeof(IHostedService)).ToList())
        {
            services.Remove(hosted);
        }

        services.AddSingleton(clock);
        services.AddSingleton(_ => new RateBudgets(clock) { Random = new Random(2) });
        services.AddSingleton(provider => new KustomerClientFactory(provider.GetRequiredService<IOptions<KustomerOptions>>(), clock, provider.GetRequiredService<RateBudgets>(), wire)
        {
            Patience = new Patience { Time = clock, Random = new Random(1) },
        });
        services.ConfigureDbContext<SqliteAppDbContext>(builder => builder.AddInterceptors(watcher)

            // Whether model and migrations agree has its own test; a process that starts need not find out each time.
            .ConfigureWarnings(static warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning)));
        return new SimulatedConsole(services.BuildServiceProvider(), life);
    }

    /// <summary>What the console does before it serves anybody.</summary>
    public Task PrepareAsync() => _services.GetRequiredService<DatabaseStartup>().PrepareAsync(CancellationToken.None);

    public Task RunAsync(long instanceId, CancellationToken cancellationToken) => _services.GetRequiredService<SyncRunner>().RunAsync(instanceId, cancellationToken);

    public async Task<T> AsAdminAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        s_isPerson.Value = true;
        await using var scope = _services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Looks at what is stored, or changes it behind the console's back.</summary>
    public async Task<T> StoredAsync<T>(Func<AppDbContext, Task<T>> question)
    {
        await using var db = await _services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await question(db);
    }

    public Task<Instance?> InstanceAsync(long instanceId) =>
        StoredAsync(db => db.Instances.AsNoTracking().FirstOrDefaultAsync(instance => instance.Id == instanceId));

    public async ValueTask DisposeAsync()
    {
        string connection;
        await using (var db = await _services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync())
        {
            connection = db.Database.GetConnectionString()!;
        }

        await _services.DisposeAsync();
        using var pool = new SqliteConnection(connection);
        SqliteConnection.ClearPool(pool);
    }

    /// <summary>The template's admin is signed in everywhere.</summary>
    private sealed class SignedIn : AuthenticationStateProvider
    {
        private static readonly Task<AuthenticationState> s_state = Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, SimulatedDatabase.AdminId), new Claim(new ClaimsIdentityOptions().SecurityStampClaimType, SimulatedDatabase.AdminStamp)], "simulation"))));

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => s_state;
    }
}

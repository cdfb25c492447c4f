using System.Security.Claims;
using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Filters;
using KustomerAdmin.Identity;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Problems;
using KustomerAdmin.Shell;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Storing;
using KustomerAdmin.Tickets;
using KustomerAdmin.Usage;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Benchmarks;

/// <summary>The console in this process, web server included, so that its memory is measured with the sync's.</summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ConsoleHost(WebApplication app) => _app = app;

    public static async Task<ConsoleHost> StartAsync(Uri api, string directory)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Kustomer:ApiUrlTemplate"] = api.AbsoluteUri,
            [DataOptions.DirectoryKey] = directory,
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Services
            .AddKustomer(builder.Configuration).AddData(builder.Configuration).AddControls().AddAudit().AddIdentity(builder.Configuration).AddUsage(builder.Configuration)
            .AddIntegrations(builder.Configuration).AddProblems(builder.Configuration).AddFields().AddFilters().AddSync(builder.Configuration).AddTickets().AddShell(builder.Configuration);

        // Runs start when the benchmark says so.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(SyncScheduler)));
        var app = builder.Build();
        await app.Services.GetRequiredService<DatabaseStartup>().PrepareAsync(CancellationToken.None);
        app.UseShell();
        app.MapTickets();
        await app.StartAsync();
        return new ConsoleHost(app);
    }

    public async Task<long> ConnectAsync(string subdomain, string key)
    {
        var parsed = ApiKey.TryParse(key, out var read) ? read : throw new InvalidOperationException("The sandbox's key cannot be read.");
        if (!Subdomain.TryParse(subdomain, out var label))
        {
            throw new InvalidOperationException("The sandbox's subdomain cannot be read.");
        }

        // As an admin's Connect does: it tells the console the organisation's limits, too.
        await _app.Services.GetRequiredService<ConnectionCheck>().RunAsync(label, parsed, CancellationToken.None);
        await using var db = await OpenAsync();
        var instance = new Instance { Name = subdomain, Subdomain = subdomain, Credential = CredentialState.Connected, CreatedAt = TimeProvider.System.GetUtcNow() };
        db.Instances.Add(instance);
        await db.SaveChangesAsync();
        _app.Services.GetRequiredService<InstanceClients>().Store(instance, parsed);
        await db.SaveChangesAsync();
        return instance.Id;
    }

    public async Task<SyncRun> SyncAsync(long instanceId)
    {
        await _app.Services.GetRequiredService<SyncRunner>().RunAsync(instanceId, CancellationToken.None);
        await using var db = await OpenAsync();
        return await db.SyncRuns.Where(run => run.InstanceId == instanceId).OrderByDescending(run => run.Id).FirstAsync();
    }

    /// <summary>Answers 429 that an instance has met, by the ledger.</summary>
    public async Task<int> RateLimitedAsync(long instanceId)
    {
        await using var db = await OpenAsync();
        return await db.KustomerRequests.CountAsync(request => request.InstanceId == instanceId && request.Outcome == RequestOutcome.RateLimited);
    }

    public Task<AppDbContext> OpenAsync() => _app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();

    /// <summary>The services of a circuit in which an admin is signed in.</summary>
    public async Task<AsyncServiceScope> SignInAsync()
    {
        const string Name = "benchmark@localhost";
        var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
        if (await users.FindByNameAsync(Name) is not { } admin)
        {
            admin = new AdminUser { UserName = Name, Email = Name };
            await users.CreateAsync(admin);
        }

        var person = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<AdminUser>>().CreateAsync(admin);
        ((ClaimsIdentity)person.Identity!).AddClaims(SessionRules.Claims(TimeProvider.System.GetUtcNow(), address: null));
        ((IHostEnvironmentAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));
        return scope;
    }

    public FilterWriter NewWriter(int tickets) => new(_app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>(), _app.Services.GetRequiredService<TicketWriter>(), tickets);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

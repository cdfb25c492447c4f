using KustomerAdmin.Audit;
using KustomerAdmin.Controls;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Fields;
using KustomerAdmin.Identity;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Problems;
using KustomerAdmin.Shell;
using KustomerAdmin.Sync;
using KustomerAdmin.Tickets;
using KustomerAdmin.Usage;
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
            ["urls"] = "http://127.0.0.1:0",
        });
        builder.Services
            .AddKustomer(builder.Configuration).AddData(builder.Configuration).AddControls().AddAudit().AddIdentity(builder.Configuration).AddUsage(builder.Configuration)
            .AddIntegrations(builder.Configuration).AddProblems(builder.Configuration).AddFields().AddSync(builder.Configuration).AddTickets().AddShell();

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

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

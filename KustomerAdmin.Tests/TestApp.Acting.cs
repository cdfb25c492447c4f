using System.Security.Claims;
using KustomerAdmin.Data;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Problems;
using KustomerAdmin.Sandbox;
using KustomerAdmin.Sync;
using KustomerAdmin.Sync.Statistics;
using KustomerAdmin.Usage;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Tests;

/// <summary>What an admin does on the console's pages, without the pages.</summary>
public sealed partial class TestApp
{
    /// <summary>What connecting costs with a good key: the key, the organisation, a search, and a try of each part of a ticket but its attachments.</summary>
    public const int RequestsOfACheck = 10;

    private static readonly Type[] s_starters = [typeof(SyncScheduler), typeof(ConnectionWatch), typeof(ProblemWatch), typeof(NotificationSender)];

    private readonly SemaphoreSlim _admitting = new(1);
    private ClaimsPrincipal? _admin;

    /// <summary>All that the console has logged.</summary>
    public LogLines Log { get; } = new();

    public IDataProtectionProvider Protection => _factory.Services.GetRequiredService<IDataProtectionProvider>();

    public string DataDirectory => _directory.FullName;

    /// <summary>
    /// The console against an emulator, on a clock of the test's own. Unscheduled: runs, looks for problems and notifications start only when the test starts one.
    /// Connections are never checked by themselves: a clock moved by hours would send requests that the test has not asked for.
    /// </summary>
    public static TestApp StartAgainst(SandboxServer sandbox, TestClock clock, bool isScheduled, params (string Key, string Value)[] settings) =>
        StartAgainst(sandbox.BaseAddress, clock, isScheduled, new Patience(), settings);

    /// <summary>The console against anything that stands in for Kustomer, waiting for its answers as long as it is told.</summary>
    internal static TestApp StartAgainst(Uri kustomer, TestClock clock, bool isScheduled, Patience patience, params (string Key, string Value)[] settings) => Start(
        services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton(provider => new KustomerClientFactory(provider.GetRequiredService<IOptions<KustomerOptions>>(), clock, provider.GetRequiredService<RateBudgets>()) { Patience = patience });
            foreach (var starter in isScheduled ? [typeof(ConnectionWatch)] : s_starters)
            {
                services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == starter));
            }
        },
        [
            ("Kustomer:ApiUrlTemplate", kustomer.AbsoluteUri),
            ("Kustomer:PortalUrlTemplate", kustomer.AbsoluteUri + "portal/{subdomain}"),
            .. settings,
        ]);

    /// <summary>A browser in which the admin is signed in.</summary>
    public async Task<HttpClient> OpenBrowserAsync()
    {
        await using (var scope = _factory.Services.CreateAsyncScope())
        {
            await AdminAsync(scope.ServiceProvider);
        }

        var visitor = NewVisitor();
        using var answer = await SignInAsync(visitor, AdminName, AdminPassword);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Found);
        return visitor;
    }

    /// <summary>Works with a service as the signed-in admin does.</summary>
    public async Task<T> AsAdminAsync<TService, T>(Func<TService, Task<T>> work)
        where TService : notnull
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        SignIn(scope.ServiceProvider, await AdminAsync(scope.ServiceProvider));
        return await work(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Calls a service of the console while nobody is signed in.</summary>
    public async Task AsNobodyAsync(Type service, Func<object, Task> work)
    {
        await using var scope = _factory.Services.CreateAsyncScope();
        SignIn(scope.ServiceProvider, new ClaimsPrincipal(new ClaimsIdentity()));
        await work(scope.ServiceProvider.GetRequiredService(service));
    }

    /// <summary>Hands a component test the console's services, signed in as the admin.</summary>
    public async Task<AsyncServiceScope> OpenCircuitAsync()
    {
        var scope = _factory.Services.CreateAsyncScope();
        SignIn(scope.ServiceProvider, await AdminAsync(scope.ServiceProvider));
        return scope;
    }

    /// <summary>Connects an organisation with a key of its own that may read everything, and starts its first sync as the dialog does.</summary>
    public async Task<long> ConnectAsync(SandboxOrganization organization)
    {
        var instanceId = (await TryConnectAsync(new ConnectRequest(organization.Subdomain, organization.Subdomain, organization.Keys.ReadOnly)))
            .ShouldBeOfType<ConnectResult.Connected>().InstanceId;
        (await AsAdminAsync<FirstSync, string?>(sync => sync.StartAsync(instanceId, FirstSyncChoice.Default, CancellationToken.None))).ShouldBeNull();
        return instanceId;
    }

    public Task<ConnectResult> TryConnectAsync(ConnectRequest request) =>
        AsAdminAsync<InstanceService, ConnectResult>(service => service.ConnectAsync(request, CancellationToken.None));

    /// <summary>One run, from its start to its end.</summary>
    public async Task<SyncRun> RunSyncAsync(long instanceId, CancellationToken cancellationToken = default)
    {
        await _factory.Services.GetRequiredService<SyncRunner>().RunAsync(instanceId, cancellationToken).WaitAsync(s_patience, CancellationToken.None);
        return await StoredAsync(db => db.SyncRuns.Where(run => run.InstanceId == instanceId).OrderBy(run => run.Id).LastAsync());
    }

    /// <summary>What the schedule does after a run.</summary>
    public Task KeepStatisticsAsync(long instanceId) => _factory.Services.GetRequiredService<StatisticsKeeper>().KeepAsync(instanceId, CancellationToken.None);

    public Task<string?> DisconnectAsync(long instanceId) =>
        AsAdminAsync<InstanceActions, string?>(service => service.DisconnectAsync(instanceId, CancellationToken.None));

    public Task<Instance> InstanceAsync(long instanceId) =>
        StoredAsync(db => db.Instances.AsNoTracking().SingleAsync(instance => instance.Id == instanceId));

    /// <summary>The ledger of requests, all that waits written.</summary>
    public async Task<IReadOnlyList<KustomerRequest>> LedgerAsync()
    {
        await FlushLedgerAsync();
        return await StoredAsync(db => db.KustomerRequests.AsNoTracking().OrderBy(request => request.Id).ToListAsync());
    }

    /// <returns>Whether all that waits is written.</returns>
    public Task<bool> FlushLedgerAsync() => _factory.Services.GetRequiredService<RequestLedger>().FlushAsync(CancellationToken.None);

    /// <summary>A request as if it had been sent just now.</summary>
    public void Record(long instanceId, RequestCause cause, SentRequest sent) => _factory.Services.GetRequiredService<RequestLedger>().Record(instanceId, cause, sent);

    /// <summary>Stops the console as its host does; what it has stored stays until the test ends.</summary>
    public ValueTask ShutDownAsync() => _factory.DisposeAsync();

    public Task CleanLedgerAsync() => _factory.Services.GetRequiredService<LedgerRetention>().CleanAsync(CancellationToken.None);

    /// <summary>Changes what is stored behind the console's back.</summary>
    public Task<int> ChangeStoredAsync(Func<AppDbContext, Task> change) => StoredAsync(async db =>
    {
        await change(db);
        return await db.SaveChangesAsync();
    });

    /// <summary>Everything the console has written to its disk, by file name.</summary>
    public IReadOnlyList<(string File, byte[] Content)> FilesOnDisk()
    {
        while (true)
        {
            try
            {
                // The lock file is empty and held.
                return [.. _directory.EnumerateFiles("*", SearchOption.AllDirectories).Where(static file => file.Name is not "console.lock").Select(Read)];
            }
            catch (FileNotFoundException)
            {
                // SQLite took its log away: what that held is in the database's file now, which has been read before.
            }
        }
    }

    private static (string File, byte[] Content) Read(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return (file.Name, content);
    }

    private static void SignIn(IServiceProvider scope, ClaimsPrincipal person) =>
        ((IHostEnvironmentAuthenticationStateProvider)scope.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(person)));

    private async Task<ClaimsPrincipal> AdminAsync(IServiceProvider scope)
    {
        // Several may act at the same moment, and only one admin is made.
        await _admitting.WaitAsync();
        try
        {
            return _admin ??= await SessionOfAsync(scope, await FirstAdminAsync(scope.GetRequiredService<UserManager<AdminUser>>()));
        }
        finally
        {
            _admitting.Release();
        }
    }

    private static async Task<AdminUser> FirstAdminAsync(UserManager<AdminUser> users)
    {
        if (await users.FindByNameAsync(AdminName) is { } admin)
        {
            return admin;
        }

        admin = new AdminUser { UserName = AdminName, Email = AdminName };
        (await users.CreateAsync(admin, AdminPassword)).Succeeded.ShouldBeTrue();
        return admin;
    }
}

using KustomerAdmin.Integrations;
using KustomerAdmin.Sync.History;
using KustomerAdmin.Sync.Statistics;
using KustomerAdmin.Sync.Storing;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Sync;

public static class SyncServiceCollectionExtensions
{
    public static IServiceCollection AddSync(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SyncOptions>()
            .Configure(options => options.Interval = configuration[SyncOptions.IntervalKey] is { } text && SyncOptionsValidator.TryRead(text, out var interval) ? interval : options.Interval)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SyncOptions>, SyncOptionsValidator>();
        services.AddSingleton(static provider => new SyncPace(provider.GetRequiredService<IOptions<SyncOptions>>().Value.Interval));
        services.AddScoped<RunHistory>();
        services.AddSingleton<Leases>();
        services.AddSingleton<RunBook>();
        services.AddSingleton<RunEndings>();
        services.AddSingleton<TicketWriter>();
        services.AddSingleton<CustomerCountWriter>();
        services.AddSingleton<ReconciliationBook>();
        services.AddSingleton<Reconciliation>();
        services.AddSingleton<Quarantine>();
        services.AddSingleton<TicketPages>();
        services.AddSingleton<UpdateWalk>();
        services.AddSingleton<FirstLoad>();
        services.AddSingleton<CustomerCounts>();
        services.AddSingleton<SyncRunner>();
        services.AddSingleton<StatisticsKeeper>();
        services.AddHostedService<SyncScheduler>();
        return services;
    }
}

using KustomerAdmin.Integrations.Checking;
using KustomerAdmin.Integrations.Connecting;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Integrations;

public static class IntegrationsServiceCollectionExtensions
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<InstanceEvents>();
        services.AddSingleton<InstanceClients>();
        services.AddOptions<ConnectionOptions>()
            .Configure(options => options.CheckInterval = ConnectionOptionsValidator.TryRead(configuration[ConnectionOptions.CheckIntervalKey], out var interval) ? interval : options.CheckInterval)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConnectionOptions>, ConnectionOptionsValidator>();
        services.AddSingleton<ConnectionCheck>();
        services.AddSingleton<KeyRejections>();
        services.AddSingleton<StoredConnection>();
        services.AddHostedService<ConnectionWatch>();
        services.AddScoped<InstanceList>();
        services.AddScoped<InstanceActions>();
        services.AddScoped<InstanceService>();
        services.AddScoped<InstanceChanges>();
        services.AddScoped<InstanceSettings>();
        services.AddScoped<FirstSync>();
        services.AddScoped<QuarantineList>();
        services.AddScoped<InstanceRemoval>();
        services.AddHostedService<InstanceRemover>();
        services.AddScoped<KeyReplacement>();
        services.AddScoped<ConnectionRecheck>();
        return services;
    }
}

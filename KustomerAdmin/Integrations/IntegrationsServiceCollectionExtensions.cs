namespace KustomerAdmin.Integrations;

public static class IntegrationsServiceCollectionExtensions
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services)
    {
        services.AddSingleton<InstanceEvents>();
        services.AddSingleton<InstanceClients>();
        services.AddSingleton<ConnectionCheck>();
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

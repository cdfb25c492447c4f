using Microsoft.Extensions.Options;

namespace KustomerAdmin.Kustomer;

public static class KustomerServiceCollectionExtensions
{
    public static IServiceCollection AddKustomer(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KustomerOptions>().Bind(configuration.GetSection(KustomerOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KustomerOptions>, KustomerOptionsValidator>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<RateBudgets>();
        services.AddSingleton<KustomerClientFactory>();
        services.AddSingleton<AttachmentSource>();
        return services;
    }
}

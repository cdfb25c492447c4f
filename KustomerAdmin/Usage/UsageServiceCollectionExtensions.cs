using Microsoft.Extensions.Options;

namespace KustomerAdmin.Usage;

public static class UsageServiceCollectionExtensions
{
    public static IServiceCollection AddUsage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<UsageOptions>()
            .Configure(options =>
            {
                options.KeepRequests = Read(configuration, UsageOptions.KeepRequestsKey) ?? options.KeepRequests;
                options.KeepDays = Read(configuration, UsageOptions.KeepDaysKey) ?? options.KeepDays;
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<UsageOptions>, UsageOptionsValidator>();
        services.AddSingleton<RequestLedger>();
        services.AddSingleton<LedgerRetention>();
        services.AddScoped<UsageReport>();
        services.AddHostedService<LedgerWriter>();
        services.AddHostedService(static provider => provider.GetRequiredService<LedgerRetention>());
        return services;
    }

    private static TimeSpan? Read(IConfiguration configuration, string key) =>
        UsageOptionsValidator.TryRead(configuration[key], out var duration) ? duration : null;
}

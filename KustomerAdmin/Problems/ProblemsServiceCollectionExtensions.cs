using Microsoft.Extensions.Options;

namespace KustomerAdmin.Problems;

public static class ProblemsServiceCollectionExtensions
{
    public static IServiceCollection AddProblems(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NotificationOptions>().Bind(configuration.GetSection(NotificationOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NotificationOptions>, NotificationOptionsValidator>();
        services.AddSingleton<ProblemEvents>();
        services.AddSingleton<ProblemBook>();
        services.AddSingleton<WebhookChannel>();
        services.AddSingleton<EmailChannel>();
        services.AddSingleton<NotificationPost>();
        services.AddSingleton<NotificationSender>();
        services.AddScoped<ProblemList>();
        services.AddScoped<NotificationTargets>();
        services.AddHostedService<ProblemWatch>();
        services.AddHostedService(static provider => provider.GetRequiredService<NotificationSender>());
        return services;
    }
}

using Microsoft.Extensions.Options;

namespace KustomerAdmin.Problems;

public static class ProblemsServiceCollectionExtensions
{
    public static IServiceCollection AddProblems(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NotificationOptions>().Configure(options => Read(configuration.GetSection(NotificationOptions.Section), options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<NotificationOptions>, NotificationOptionsValidator>();
        services.AddSingleton<ProblemEvents>();
        services.AddSingleton<ProblemBook>();
        services.AddSingleton<WebhookChannel>();
        services.AddSingleton<EmailChannel>();
        services.AddSingleton<NotificationPost>();
        services.AddScoped<ProblemList>();
        services.AddScoped<NotificationTargets>();
        services.AddHostedService<ProblemWatch>();
        services.AddHostedService<NotificationSender>();
        return services;
    }

    /// <summary>What cannot be read stays as it is by default, and is the validator's to name.</summary>
    private static void Read(IConfigurationSection section, NotificationOptions options)
    {
        options.SmtpHost = section[nameof(options.SmtpHost)] ?? options.SmtpHost;
        options.SmtpPort = NotificationOptionsValidator.TryRead(section[nameof(options.SmtpPort)], out var port) ? port : options.SmtpPort;
        options.SmtpUsesTls = bool.TryParse(section[nameof(options.SmtpUsesTls)], out var usesTls) ? usesTls : options.SmtpUsesTls;
        options.SmtpUser = section[nameof(options.SmtpUser)] ?? options.SmtpUser;
        options.SmtpPassword = section[nameof(options.SmtpPassword)] ?? options.SmtpPassword;
        options.From = section[nameof(options.From)] ?? options.From;
        options.AllowPrivateAddresses = bool.TryParse(section[nameof(options.AllowPrivateAddresses)], out var allows) ? allows : options.AllowPrivateAddresses;
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace KustomerAdmin.Data;

public static class DataServiceCollectionExtensions
{
    public static IServiceCollection AddData(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DataOptions>()
            .Configure(options => Read(options, configuration))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<DataOptions>, DataOptionsValidator>();

        services.AddSingleton<SqliteConnectionSetup>();
        services.AddDbContextFactory<SqliteAppDbContext>(DatabaseConnection.UseSqlite);
        services.AddDbContextFactory<SqlServerAppDbContext>(DatabaseConnection.UseSqlServer);
        services.AddSingleton<IDbContextFactory<AppDbContext>, AppDbContextFactory>();
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext());

        services.AddSingleton<KeyFile>();
        services.AddSingleton<SecretBox>();
        services.AddSingleton<DatabaseClock>();
        services.AddSingleton<DatabaseStartup>();
        return services;
    }

    private static void Read(DataOptions options, IConfiguration configuration)
    {
        options.Provider = configuration[DataOptions.ProviderKey] ?? options.Provider;
        options.ConnectionString = configuration[DataOptions.ConnectionKey] ?? "";

        var directory = configuration[DataOptions.DirectoryKey];
        if (string.IsNullOrWhiteSpace(directory))
        {
            var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            options.Directory = home.Length == 0 ? "" : Path.Combine(home, "KustomerAdmin");
        }
        else
        {
            options.Directory = Path.GetFullPath(directory);
        }
    }
}

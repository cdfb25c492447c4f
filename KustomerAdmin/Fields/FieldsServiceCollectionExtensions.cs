namespace KustomerAdmin.Fields;

public static class FieldsServiceCollectionExtensions
{
    public static IServiceCollection AddFields(this IServiceCollection services)
    {
        services.AddScoped<FieldOverview>();
        services.AddScoped<ExclusionPreviews>();
        services.AddScoped<FieldDecisions>();
        services.AddScoped<FieldReading>();
        services.AddSingleton<FieldPurger>();
        services.AddHostedService<PurgeWorker>();
        return services;
    }
}

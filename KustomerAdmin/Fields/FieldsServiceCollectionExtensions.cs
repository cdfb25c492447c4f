namespace KustomerAdmin.Fields;

public static class FieldsServiceCollectionExtensions
{
    public static IServiceCollection AddFields(this IServiceCollection services)
    {
        services.AddScoped<FieldList>();
        return services;
    }
}

namespace KustomerAdmin.Filters;

public static class FiltersServiceCollectionExtensions
{
    public static IServiceCollection AddFilters(this IServiceCollection services)
    {
        services.AddScoped<FilterFields>();
        services.AddScoped<ValueSuggestions>();
        return services;
    }
}

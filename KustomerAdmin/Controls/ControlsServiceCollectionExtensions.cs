namespace KustomerAdmin.Controls;

public static class ControlsServiceCollectionExtensions
{
    public static IServiceCollection AddControls(this IServiceCollection services)
    {
        services.AddScoped<ViewerClock>();
        return services;
    }
}

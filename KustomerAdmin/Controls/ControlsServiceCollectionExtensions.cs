using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KustomerAdmin.Controls;

public static class ControlsServiceCollectionExtensions
{
    public static IServiceCollection AddControls(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<ViewerClock>();
        return services;
    }
}

namespace KustomerAdmin.Audit;

public static class AuditServiceCollectionExtensions
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddScoped<CurrentAdmin>();
        services.AddScoped<AuditLog>();
        return services;
    }
}

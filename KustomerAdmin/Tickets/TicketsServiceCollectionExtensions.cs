namespace KustomerAdmin.Tickets;

public static class TicketsServiceCollectionExtensions
{
    public static IServiceCollection AddTickets(this IServiceCollection services)
    {
        services.AddScoped<TicketSearch>();
        services.AddScoped<TicketViewer>();
        services.AddScoped<TicketAttachments>();
        services.AddSingleton<AttachmentLinks>();
        services.AddScoped<TicketExport>();
        services.AddSingleton<RunningExports>();
        services.AddScoped<TicketFinder>();
        services.AddScoped<LiveLookup>();
        return services;
    }
}

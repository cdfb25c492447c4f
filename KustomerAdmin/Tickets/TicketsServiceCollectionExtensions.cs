namespace KustomerAdmin.Tickets;

public static class TicketsServiceCollectionExtensions
{
    public static IServiceCollection AddTickets(this IServiceCollection services)
    {
        services.AddScoped<TicketSearch>();
        services.AddScoped<TicketViewer>();
        services.AddScoped<TicketAttachments>();
        services.AddScoped<TicketNeighbours>();
        services.AddSingleton<AttachmentLinks>();
        services.AddSingleton<SharedFetches>();
        services.AddSingleton<TicketCatalogs>();
        return services;
    }
}

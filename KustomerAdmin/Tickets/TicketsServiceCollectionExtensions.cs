using KustomerAdmin.Tickets.Attachments;
using KustomerAdmin.Tickets.Details;
using KustomerAdmin.Tickets.Exporting;
using KustomerAdmin.Tickets.Fetching;
using KustomerAdmin.Tickets.Filtering;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Missing;
using KustomerAdmin.Tickets.Saved;
using KustomerAdmin.Tickets.Searching;

namespace KustomerAdmin.Tickets;

public static class TicketsServiceCollectionExtensions
{
    public static IServiceCollection AddTickets(this IServiceCollection services)
    {
        services.AddScoped<TicketSearch>();
        services.AddScoped<FieldPlaces>();
        services.AddScoped<ListLayouts>();
        services.AddScoped<SavedFilters>();
        services.AddScoped<SavedFilterChoices>();
        services.AddScoped<TicketViewer>();
        services.AddScoped<TicketAttachments>();
        services.AddScoped<TicketNeighbours>();
        services.AddSingleton<AttachmentLinks>();
        services.AddScoped<TicketExport>();
        services.AddSingleton<RunningExports>();
        services.AddScoped<TicketFinder>();
        services.AddScoped<LiveLookup>();
        services.AddSingleton<SharedFetches>();
        services.AddSingleton<TicketCatalogs>();
        return services;
    }
}

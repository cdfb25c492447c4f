using Bunit;
using Bunit.TestDoubles;
using KustomerAdmin.Controls;
using KustomerAdmin.Filters;
using KustomerAdmin.Tickets.Filtering;
using KustomerAdmin.Tickets.Listing;
using KustomerAdmin.Tickets.Saved;
using KustomerAdmin.Tickets.Searching;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;

namespace KustomerAdmin.Tests.Tickets.Listing;

/// <summary>A browser at the ticket list, with the console's own services behind it.</summary>
internal sealed class ListCircuit : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly AsyncServiceScope _scope;

    private ListCircuit(AsyncServiceScope scope) => _scope = scope;

    public BunitContext Browser { get; } = new();

    public BunitNavigationManager Navigation => Browser.Services.GetRequiredService<BunitNavigationManager>();

    public static async Task<ListCircuit> OpenAsync(Workplace place)
    {
        var circuit = new ListCircuit(await place.App.OpenCircuitAsync());
        circuit.Browser.JSInterop.Mode = JSRuntimeMode.Loose;
        var services = circuit.Browser.Services;
        services.AddRadzenComponents();
        services.AddSingleton<TimeProvider>(place.Clock);
        services.AddSingleton(place.App.Events);
        services.AddScoped<ViewerClock>();
        circuit.Use<TicketSearch>().Use<FilterFields>().Use<ValueSuggestions>().Use<FieldPlaces>().Use<ListLayouts>().Use<SavedFilters>().Use<SavedFilterChoices>();
        circuit.Browser.SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return circuit;
    }

    /// <summary>The page at an address, its rows or what stands in their place read.</summary>
    public async Task<IRenderedComponent<TicketsPage>> ShowAsync(string address = "tickets")
    {
        Navigation.NavigateTo(address);
        var page = Browser.Render<TicketsPage>();
        await page.WaitForAssertionAsync(() => page.FindAll(".ticket-table tbody tr, .empty-state, .load-failed").ShouldNotBeEmpty(), Patience);
        return page;
    }

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        await _scope.DisposeAsync();
    }

    private ListCircuit Use<T>()
        where T : class
    {
        Browser.Services.AddSingleton(_scope.ServiceProvider.GetRequiredService<T>());
        return this;
    }
}

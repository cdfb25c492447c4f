using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KustomerAdmin.Data.Entities;
using KustomerAdmin.Sandbox;
using Microsoft.EntityFrameworkCore;

namespace KustomerAdmin.Tests.Sync;

/// <summary>A console with one connected organisation; runs start when the test says so.</summary>
public abstract class SyncTest : IAsyncLifetime
{
    private Workplace? _place;

    protected Workplace Place => _place!;

    protected TestApp App => Place.App;

    protected long InstanceId { get; private set; }

    protected virtual int Tickets => 60;

    public async Task InitializeAsync()
    {
        _place = await Workplace.StartAsync(Tickets, isScheduled: false, Change);
        InstanceId = await App.ConnectAsync(Place.Acme);
    }

    public async Task DisposeAsync() => await Place.DisposeAsync();

    protected virtual SandboxOptions Change(SandboxOptions options) => options;

    /// <summary>What Kustomer's own search says, asked without the console.</summary>
    protected Task<JsonElement> AskKustomerAsync(string query) => AskAsync(Place, query);

    internal static async Task<JsonElement> AskAsync(Workplace place, string query)
    {
        using var http = new HttpClient { BaseAddress = place.Sandbox.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/customers/search?pageSize=500") { Content = new StringContent(query, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", place.Acme.Keys.Full);
        using var answer = await http.SendAsync(request);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync());
    }

    protected async Task<int> KustomersCountAsync() =>
        (await AskKustomerAsync("""{"queryContext":"conversation"}""")).GetProperty("meta").GetProperty("total").GetInt32();

    protected Task<int> StoredCountAsync() => App.StoredAsync(db => db.Tickets.CountAsync());

    protected Task<Ticket> TicketAsync(string id) => App.StoredAsync(db => db.Tickets.AsNoTracking().SingleAsync(ticket => ticket.KustomerId == id));
}

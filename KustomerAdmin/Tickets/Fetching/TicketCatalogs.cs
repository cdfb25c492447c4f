using System.Collections.Concurrent;
using KustomerAdmin.Integrations;

namespace KustomerAdmin.Tickets.Fetching;

/// <summary>
/// The names that all tickets of an instance share: people, teams, tags, definitions of fields. Kept in memory for minutes, never text of a
/// ticket, and gone as soon as the instance is disconnected or has another key.
/// </summary>
public sealed class TicketCatalogs : IDisposable
{
    internal static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(long InstanceId, TicketPart Part), Catalog> _catalogs = new();
    private readonly InstanceClients _clients;
    private readonly InstanceEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger<TicketCatalogs> _logger;

    public TicketCatalogs(InstanceClients clients, InstanceEvents events, TimeProvider time, ILogger<TicketCatalogs> logger)
    {
        (_clients, _events, _time, _logger) = (clients, events, time, logger);
        _events.Changed += OnChanged;
    }

    internal int Count => _catalogs.Count;

    /// <summary>The last look at whether an instance still has the key that its names were read with.</summary>
    internal Task Check { get; private set; } = Task.CompletedTask;

    public void Dispose()
    {
        _events.Changed -= OnChanged;
        ForgetAll();
    }

    internal void ForgetAll()
    {
        foreach (var place in _catalogs.Keys)
        {
            Forget(place);
        }
    }

    internal bool Has(InstanceAccess access, TicketPart part) => Find<object>(access, part) is not null;

    internal T? Find<T>(InstanceAccess access, TicketPart part)
        where T : class =>
        _catalogs.TryGetValue((access.InstanceId, part), out var catalog) && string.Equals(catalog.Envelope, access.Envelope, StringComparison.Ordinal)
            && _time.GetUtcNow() < catalog.Until ? (T)catalog.Value : null;

    internal void Keep(InstanceAccess access, TicketPart part, object value)
    {
        var place = (access.InstanceId, part);
        var catalog = new Catalog(value, access.Envelope, _time.GetUtcNow() + Life);
        catalog.End = _time.CreateTimer(_ => Forget(place, catalog), null, Life, Timeout.InfiniteTimeSpan);
        Forget(place);
        _catalogs[place] = catalog;
    }

    /// <summary>Raised many times during a sync; the key is looked at only where there is something to forget.</summary>
    private void OnChanged(long instanceId)
    {
        if (_catalogs.Keys.Any(place => place.InstanceId == instanceId))
        {
            Check = ForgetIfKeyChangedAsync(instanceId);
        }
    }

    private async Task ForgetIfKeyChangedAsync(long instanceId)
    {
        string? envelope = null;
        try
        {
            envelope = await _clients.EnvelopeAsync(instanceId);
        }
        catch (Exception exception)
        {
            // Whether they may be kept is not known, so they are not.
            _logger.LogWarning(exception, "The state of instance {InstanceId} could not be read; its names are forgotten", instanceId);
        }

        foreach (var (place, catalog) in _catalogs.Where(entry => entry.Key.InstanceId == instanceId && !string.Equals(entry.Value.Envelope, envelope, StringComparison.Ordinal)))
        {
            Forget(place, catalog);
        }
    }

    private void Forget((long InstanceId, TicketPart Part) place, Catalog? only = null)
    {
        if (only is null ? _catalogs.TryRemove(place, out var removed) : _catalogs.TryRemove(KeyValuePair.Create(place, removed = only)))
        {
            removed.End?.Dispose();
        }
    }

    private sealed class Catalog(object value, string envelope, DateTimeOffset until)
    {
        public object Value => value;

        public string Envelope => envelope;

        public DateTimeOffset Until => until;

        public ITimer? End { get; set; }
    }
}

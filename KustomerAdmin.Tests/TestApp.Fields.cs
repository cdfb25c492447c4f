using KustomerAdmin.Fields;
using KustomerAdmin.Integrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests;

/// <summary>What an admin decides about fields, and what comes of it.</summary>
public sealed partial class TestApp
{
    public Task<string?> ExcludeAsync(long instanceId, params string[] keys) =>
        AsAdminAsync<FieldDecisions, string?>(service => service.ExcludeAsync(instanceId, keys, CancellationToken.None));

    public Task<string?> StoreAgainAsync(long instanceId, params string[] keys) =>
        AsAdminAsync<FieldDecisions, string?>(service => service.StoreAsync(instanceId, keys, CancellationToken.None));

    public Task<string?> HoldNewFieldsBackAsync(long instanceId, bool areHeldBack = true) =>
        AsAdminAsync<FieldDecisions, string?>(service => service.SetNewFieldsAsync(instanceId, areHeldBack, CancellationToken.None));

    public Task<string?> ReadTicketsAgainAsync(long instanceId) =>
        AsAdminAsync<FieldReading, string?>(service => service.ReadTicketsAsync(instanceId, CancellationToken.None));

    /// <summary>Until everything that was excluded is removed and has its receipt.</summary>
    public async Task WaitForPurgesAsync()
    {
        var events = _factory.Services.GetRequiredService<InstanceEvents>();
        using var changed = new SemaphoreSlim(0);
        using var patience = new CancellationTokenSource(s_patience);
        void OnChanged(long id) => changed.Release();
        events.Changed += OnChanged;
        try
        {
            while (await StoredAsync(db => db.FieldPurges.AnyAsync(purge => purge.EndedAt == null)))
            {
                await changed.WaitAsync(patience.Token);
            }
        }
        finally
        {
            events.Changed -= OnChanged;
        }
    }

    /// <summary>The files on the console's disk, and its log, that hold one of the texts.</summary>
    public IReadOnlyList<string> WhereIs(params string[] texts) =>
    [
        .. FilesOnDisk().Where(file => texts.Any(text => file.Content.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0)).Select(file => file.File),
        .. Log.All.Where(line => texts.Any(text => line.Contains(text, StringComparison.Ordinal))).Select(static _ => "log"),
    ];
}

using KustomerAdmin.Data.Entities;
using KustomerAdmin.Integrations;
using KustomerAdmin.Usage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace KustomerAdmin.Tests;

/// <summary>What the console does by itself, waited for.</summary>
public sealed partial class TestApp
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>A run that ends, as if the console were stopped, once its first page is stored.</summary>
    public async Task<SyncRun> RunSyncUntilAPageIsStoredAsync(long instanceId)
    {
        var events = _factory.Services.GetRequiredService<InstanceEvents>();
        using var stop = new CancellationTokenSource();
        var raised = 0;
        void OnChanged(long id)
        {
            // The first one says that the run began.
            if (++raised == 2)
            {
                stop.Cancel();
            }
        }

        events.Changed += OnChanged;
        try
        {
            return await RunSyncAsync(instanceId, stop.Token);
        }
        finally
        {
            events.Changed -= OnChanged;
        }
    }

    /// <summary>The first instance state that <paramref name="condition"/> accepts.</summary>
    public async Task<Instance> WaitForAsync(long instanceId, Func<Instance, bool> condition)
    {
        var events = _factory.Services.GetRequiredService<InstanceEvents>();
        using var changed = new SemaphoreSlim(0);
        using var patience = new CancellationTokenSource(s_patience);
        void OnChanged(long id) => changed.Release();
        events.Changed += OnChanged;
        try
        {
            while (true)
            {
                var instance = await InstanceAsync(instanceId);
                if (condition(instance))
                {
                    return instance;
                }

                await changed.WaitAsync(patience.Token);
            }
        }
        finally
        {
            events.Changed -= OnChanged;
        }
    }

    /// <summary>Until the console has removed a deleted instance by itself.</summary>
    public async Task WaitForRemovalAsync(long instanceId)
    {
        var events = _factory.Services.GetRequiredService<InstanceEvents>();
        using var changed = new SemaphoreSlim(0);
        using var patience = new CancellationTokenSource(s_patience);
        void OnChanged(long id) => changed.Release();
        events.Changed += OnChanged;
        try
        {
            while (await StoredAsync(db => db.Instances.AnyAsync(instance => instance.Id == instanceId)))
            {
                await changed.WaitAsync(patience.Token);
            }
        }
        finally
        {
            events.Changed -= OnChanged;
        }
    }

    /// <summary>Until the console by itself has written this many lines.</summary>
    public async Task WaitForLedgerAsync(int lines)
    {
        var ledger = _factory.Services.GetRequiredService<RequestLedger>();
        using var written = new SemaphoreSlim(0);
        using var patience = new CancellationTokenSource(s_patience);
        void OnWritten() => written.Release();
        ledger.Written += OnWritten;
        try
        {
            while (await StoredAsync(db => db.KustomerRequests.CountAsync()) < lines)
            {
                await written.WaitAsync(patience.Token);
            }
        }
        finally
        {
            ledger.Written -= OnWritten;
        }
    }
}

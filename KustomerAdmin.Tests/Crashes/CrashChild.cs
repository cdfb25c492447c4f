using KustomerAdmin.Fields;
using KustomerAdmin.Integrations;
using KustomerAdmin.Kustomer;
using KustomerAdmin.Tests.Simulation;

namespace KustomerAdmin.Tests.Crashes;

/// <summary>The process that is killed. The console itself knows nothing of fail points.</summary>
internal static class CrashChild
{
    public const string Name = "crash";

    /// <summary>Arguments: directory, address of Kustomer's emulator, instance, fail point.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var directory, var address, var instance, var name])
        {
            return 2;
        }

        var point = Enum.Parse<FailPoint>(name);
        await using var console = Start(directory, new Uri(address), point, out var killer);
        await console.PrepareAsync();
        killer.IsArmed = true;
        var id = long.Parse(instance, System.Globalization.CultureInfo.InvariantCulture);
        if (point is FailPoint.Erasure)
        {
            await console.AsAdminAsync<InstanceActions, string?>(service => service.DisconnectAsync(id, CancellationToken.None));
        }
        else if (point is FailPoint.PurgeBatch or FailPoint.PurgeCommitted or FailPoint.PurgeErasure)
        {
            await console.AsAdminAsync<FieldPurger, bool>(purger =>
            {
                // Several of them.
                purger.SmallestBatch = 300;
                return purger.PurgeNextAsync(CancellationToken.None);
            });
        }
        else
        {
            await console.RunAsync(id, CancellationToken.None);
        }

        return 0;
    }

    public static SimulatedConsole Start(string directory, Uri kustomer, FailPoint point, out Killer killer)
    {
        killer = new Killer(point);
        var transport = KustomerClientFactory.CreateTransport(true);
        var wire = point is FailPoint.BeforeSending or FailPoint.HeadersReceived or FailPoint.MidBody ? new KillingWire(killer, transport) : (HttpMessageHandler)transport;
        return SimulatedConsole.Start(directory, new FastClock(point is FailPoint.LeaseRenewal ? 100 : 1), killer, wire, new ProcessLife(), ("Kustomer:ApiUrlTemplate", kustomer.AbsoluteUri));
    }
}

using KustomerAdmin.Integrations;

namespace KustomerAdmin.Fields;

/// <summary>Carries out purges one after the other: those that were asked for, those that a process which ended left, and now and then looks for those of other consoles.</summary>
internal sealed class PurgeWorker(FieldPurger purger, InstanceEvents events, TimeProvider time, ILogger<PurgeWorker> logger) : WokenService(time, logger, "The values of an excluded field could not be removed")
{
    /// <summary>What a console that ended left undone, where there are several, waits no longer than this for another one.</summary>
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromMinutes(30);

    protected override void Listen() => events.Changed += _ => Wake();

    protected override async Task<TimeSpan> WorkAsync(CancellationToken cancellationToken)
    {
        while (await purger.PurgeNextAsync(cancellationToken))
        {
            // There may be another.
        }

        return s_longestSleep;
    }
}

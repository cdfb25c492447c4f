namespace KustomerAdmin.Integrations;

/// <summary>
/// Says that something about an instance changed in the database: open pages read it again, the scheduler looks for work.
/// It carries no data, so that what is shown is always what is committed.
/// </summary>
public sealed partial class InstanceEvents(ILogger<InstanceEvents> logger)
{
    public event Action<long>? Changed;

    /// <summary>What is published is done already: a listener that fails keeps neither the others from hearing it nor the caller from going on.</summary>
    public void Publish(long instanceId)
    {
        foreach (var listen in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                listen(instanceId);
            }
            catch (Exception exception)
            {
                Log.ListenerFailed(logger, exception, instanceId);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A listener failed at a change of instance {InstanceId}")]
        public static partial void ListenerFailed(ILogger logger, Exception exception, long instanceId);
    }
}

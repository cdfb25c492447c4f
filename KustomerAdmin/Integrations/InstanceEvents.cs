namespace KustomerAdmin.Integrations;

/// <summary>
/// Says that something about an instance changed in the database: open pages read it again, the scheduler looks for work.
/// It carries no data, so that what is shown is always what is committed.
/// </summary>
public sealed class InstanceEvents
{
    public event Action<long>? Changed;

    public void Publish(long instanceId) => Changed?.Invoke(instanceId);
}
